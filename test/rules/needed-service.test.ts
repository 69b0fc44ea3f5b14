import { describe, expect, it } from 'vitest'
import { neededService } from '../../src/rules/needed-service.ts'

describe('neededService', () => {
  // The words are those of the libraries: redis-py 5, libpq 15, mysqlclient 2, Node.js 20, Go 1.22, requests 2.31, pgjdbc 42, PDO of PHP 8.
  it.each([
    ['redis.exceptions.ConnectionError: Error 111 connecting to 127.0.0.1:6379. Connection refused.', 'Redis', '127.0.0.1', 6379],
    ['psycopg2.OperationalError: connection to server at "10.0.0.5", port 5432 failed: Connection refused', 'PostgreSQL', '10.0.0.5', 5432],
    ['psycopg2.OperationalError: connection to server at "db.internal" (10.0.0.5), port 5432 failed: Connection refused', 'PostgreSQL', 'db.internal', 5432],
    ["django.db.utils.OperationalError: (2002, \"Can't connect to MySQL server on 'db.internal:3306' (111)\")", 'MySQL', 'db.internal', 3306],
    ['Error: connect ECONNREFUSED 127.0.0.1:5672', 'RabbitMQ', '127.0.0.1', 5672],
    ['panic: dial tcp 10.0.0.9:27017: connect: connection refused', 'MongoDB', '10.0.0.9', 27017],
    ["requests.exceptions.ConnectionError: HTTPConnectionPool(host='prices.internal', port=9400): Max retries exceeded with url: / (Caused by NewConnectionError(': Failed to establish a new connection: [Errno 111] Connection refused'))", null, 'prices.internal', 9400],
    ['org.postgresql.util.PSQLException: Connection to db:5432 refused. Check that the hostname and port are correct', 'PostgreSQL', 'db', 5432],
    ["  code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 7351", null, '127.0.0.1', 7351],
    ["  code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db.internal'", null, 'db.internal', null],
    ['Error: getaddrinfo ENOTFOUND cache.internal', null, 'cache.internal', null],
    ['PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /srv/blog/index.php:4', 'MySQL', null, null],
    ['PHP Warning:  mysqli_real_connect(): (HY000/2002): Connection refused in /srv/blog/db.php on line 9', 'MySQL', null, null],
    ['PDOException: SQLSTATE[08006] [7] connection timed out', 'PostgreSQL', null, null],
    ['kombu.exceptions.OperationalError: [Errno 111] Connection refused', 'RabbitMQ', null, null],
    ['kombu.exceptions.OperationalError: Error 111 connecting to localhost:6379. Connection refused.', 'Redis', 'localhost', 6379],
  ])('reads who cannot be reached from: %s', (line, service, host, port) => {
    expect(neededService(line)).toMatchObject({ service, host, port, unix: null })
  })

  it.each([
    'RuntimeError: session store: ConnectionError: 127.0.0.1:6379: max number of clients reached',
    'psycopg2.OperationalError: connection to server at "127.0.0.1", port 5432 failed: FATAL:  sorry, too many clients already',
  ])('knows the words of a service that is there and full: %s', (line) => {
    expect(neededService(line)).toMatchObject({ host: '127.0.0.1', refuses: true })
  })

  it.each([
    ['db.internal', 'RuntimeError: sqlalchemy.exc.OperationalError: could not translate host name "db.internal" to address: Temporary failure in name resolution'],
    ['db.internal', "pymysql.err.OperationalError: (2005, \"Unknown MySQL server host 'db.internal' (-3)\")"],
    ['cache.internal', 'Error: getaddrinfo EAI_AGAIN cache.internal'],
  ])('knows that the name %s has no address', (host, line) => {
    expect(neededService(line)).toMatchObject({ host, unnamed: true })
  })

  it('reads the path of a unix socket', () => {
    const line = "PDOException: SQLSTATE[HY000] [2002] Can't connect to local MySQL server through socket '/run/mysqld/mysqld.sock' (2)"

    expect(neededService(line)).toMatchObject({ service: 'MySQL', unix: '/run/mysqld/mysqld.sock' })
  })

  it.each([
    'RuntimeError: no price list for region eu-2',
    'psycopg2.errors.UndefinedTable: relation "prices" does not exist',
    'redis.exceptions.ResponseError: WRONGTYPE Operation against a key holding the wrong kind of value',
  ])('finds no service that cannot be reached in: %s', (line) => {
    expect(neededService(line)).toBeNull()
  })
})
