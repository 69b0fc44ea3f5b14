/**
 * Words of client libraries that have no connection any more, or wait for one in vain: they tell neither where nor why, so that they explain
 * nothing alone. ioredis, node-redis; Mongoose and the MongoDB drivers; SQLAlchemy, knex, Sequelize, HikariCP.
 */
const words = [
  {
    services: ['Redis'],
    said: /max retries per request limit|^(?:\S+ )?Error: Connection is closed\.|Stream isn't writeable/,
  },
  { services: ['MongoDB'], said: /buffering timed out after \d+ ?ms|MongoServerSelectionError|MongoNetworkError/ },
  {
    services: ['PostgreSQL', 'MySQL'],
    said: /QueuePool limit of size \d+|Knex: Timeout acquiring a connection|ConnectionAcquireTimeoutError|HikariPool-\S+ - Connection is not available/,
  },
] as const

/** Whether the line is what a client of that service says when the service is away. */
export function isLostClientOf(service: string | null, line: string): boolean {
  const text = line.slice(0, 600)
  return words.some(({ services, said }) => services.some((each) => each === service) && said.test(text))
}
