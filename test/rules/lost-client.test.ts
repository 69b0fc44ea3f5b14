import { describe, expect, it } from 'vitest'
import { isLostClientOf } from '../../src/rules/lost-client.ts'

describe('isLostClientOf', () => {
  it.each([
    ['Redis', 'MaxRetriesPerRequestError: Reached the max retries per request limit (which is 20). Refer to "maxRetriesPerRequest" option for details.'],
    ['MongoDB', 'MongooseError: Operation `users.findOne()` buffering timed out after 10000ms'],
    ['PostgreSQL', 'sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00'],
    ['MySQL', 'KnexTimeoutError: Knex: Timeout acquiring a connection. The pool is probably full.'],
  ])('knows what a client of %s says that has no connection', (service, line) => {
    expect(isLostClientOf(service, line)).toBe(true)
  })

  it('says nothing of another service, or of one that is not known', () => {
    const line = 'MongooseError: Operation `users.findOne()` buffering timed out after 10000ms'

    expect(isLostClientOf('Redis', line)).toBe(false)
    expect(isLostClientOf(null, line)).toBe(false)
  })
})
