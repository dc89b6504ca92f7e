"""What a careful person writes in Python: batches, one import request a batch or one request a document, a checkpoint a batch."""
import json
import os
import sys
import time

import psycopg2
import pymongo
import requests


def main(size, limit, each):
    env = os.environ
    db = psycopg2.connect(host=env['DB_HOST'], port=env['DB_PORT'], dbname=env['DB_DATABASE'], user='postgres', password='bench')
    documents = f"http://{env['TYPESENSE_HOST']}:{env['TYPESENSE_PORT']}/collections/products_search/documents"
    http = requests.Session()
    http.headers['X-TYPESENSE-API-KEY'] = env['TYPESENSE_API_KEY']
    checkpoints = pymongo.MongoClient(env['MONGO_URI'])[env['MONGO_DB_NAME']].python_checkpoint
    cursor = db.cursor()
    after, total = '', 0
    while total < limit:
        cursor.execute('select id, created_at, deleted_at from products where id > %s order by id limit %s', (after, size))
        rows = cursor.fetchall()
        if not rows:
            break
        ids = [row[0] for row in rows if row[2] is None]
        cursor.execute('update products set deleted_at = 0 where id = any(%s) and deleted_at is null', (ids,))
        db.commit()
        found = [{'id': row[0], 'created_at': int(row[1].timestamp()) if row[1] else 0, 'deleted_at': row[2] or 0} for row in rows]
        (one_by_one if each else at_once)(http, documents, found)
        after, total = rows[-1][0], total + len(rows)
        checkpoints.replace_one({'_id': 'python'}, {'_id': 'python', 'last_id': after, 'total_processed': total}, upsert=True)


def at_once(http, documents, found):
    body = '\n'.join(json.dumps(document) for document in found)
    answer = http.post(documents + '/import', params={'action': 'update'}, data=body.encode())
    answer.raise_for_status()
    for line in answer.text.splitlines() if '"success":false' in answer.text else ():
        result = json.loads(line)
        if not result['success'] and result.get('code') != 404:
            raise RuntimeError(line)


def one_by_one(http, documents, found):
    for document in found:
        answer = http.patch(documents + '/' + requests.utils.quote(document['id'], safe=''), json=document)
        if answer.status_code != 404:
            answer.raise_for_status()


if __name__ == '__main__':
    start = time.monotonic()
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == 'each')
    print(json.dumps({'seconds': time.monotonic() - start}))
