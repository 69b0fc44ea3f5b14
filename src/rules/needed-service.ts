/** A service that a backend's own words say it cannot reach. */
export interface Needed {
  /** "redis", "PostgreSQL"; null when the words do not tell. */
  readonly service: string | null
  readonly host: string | null
  readonly port: number | null
  /** Path of a unix socket. */
  readonly unix: string | null
  /** The words are those of a service that is there and takes no more clients. */
  readonly refuses?: boolean
  /** The words say that its name has no address: nobody was asked. */
  readonly unnamed?: boolean
}

/** Known services: how client libraries name them, the port that they have by default, and how their units are called. */
const services = [
  { service: 'Redis', words: /redis|valkey/i, port: 6379, units: /^(?:redis|valkey|keydb)/ },
  {
    service: 'PostgreSQL',
    // PDO of PHP names the kind by its class of errors: 08006 is libpq's.
    words: /postgres|psycopg|\bpg_|PGSQL|pgbouncer|SQLSTATE\[08006\]/i,
    port: 5432,
    units: /^(?:postgres|pgbouncer)/,
  },
  // 2002 to 2013 are numbers of MySQL's client library (errmsg.h); PDO and mysqli say no other word of it.
  {
    service: 'MySQL',
    words: /mysql|mariadb|HY000(?:\] \[|\/)20(?:0[2-6]|13)\b/i,
    port: 3306,
    units: /^(?:mysql|mariadb|percona)/,
  },
  { service: 'MongoDB', words: /mongo/i, port: 27017, units: /^mongo/ },
  { service: 'memcached', words: /memcache/i, port: 11211, units: /^memcached/ },
  // kombu and Celery raise errors of their own around those of the transport: of py-amqp without an address, of redis-py with one.
  {
    service: 'RabbitMQ',
    words: /amqp|rabbit|kombu\.exceptions|celery[^:]{0,60}OperationalError/i,
    port: 5672,
    units: /^rabbitmq/,
  },
  { service: 'Elasticsearch', words: /elastic|opensearch/i, port: 9200, units: /^(?:elasticsearch|opensearch)/ },
] as const

/** Whether a unit is called as that service's usually is. */
export function isUnitOf(service: string, unit: string): boolean {
  return services.some((each) => each.service === service && each.units.test(unit))
}

/** Which service a unit is, by its name; null when it is none of these. */
export function serviceOfUnit(unit: string): string | null {
  return services.find(({ units }) => units.test(unit))?.service ?? null
}

export function usualPort(service: string | null): number | null {
  return services.find((each) => each.service === service)?.port ?? null
}

/** The service that usually has the port. */
export function serviceAt(port: number): string | null {
  return services.find((each) => each.port === port)?.service ?? null
}

/** Words of a connection that did not come about; what the other side answered once it was there is no reason to name it. */
const UNREACHED =
  /refused|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|\bENOENT\b|timed? ?out|[Nn]o route to host|[Nn]ame or service not known|[Nn]ame resolution|could not translate host name|Unknown .{0,20}server host|getaddrinfo|could(?:n.t| not) connect|[Cc]an(?:no|')t connect|[Ff]ailed to connect|[Uu]nable to connect|No such file or directory|\(111\)|\(2\)|\b(?:111|113|110)\b/

/** Words of a connection that was refused, whoever it was to. */
export function isRefusal(text: string): boolean {
  return /\bConnection refused\b|\bECONNREFUSED\b|\bConnectException\b/i.test(text.slice(0, 600))
}

/** Words of a name that nobody answers for: resolvers of the C library, Node.js and PHP, client libraries about them. */
const UNNAMED =
  /ENOTFOUND|EAI_AGAIN|could not translate host name|[Nn]ame or service not known|[Nn]ame resolution|nodename nor servname|[Nn]ame does not resolve|Unknown .{0,20}server host|getaddrinfo/

/** A service that is full says so itself: Redis, PostgreSQL, MySQL, memcached and poolers. */
const FULL =
  /max number of clients reached|[Tt]oo many (?:clients|connections)|remaining connection slots|max_client_conn|no more connections allowed/

/** Where the words name the other side; the first that matches. Bounded, because an application may quote a client in its log. */
const addresses = [
  /(?<unix>\/(?:var\/)?(?:run|tmp|srv|opt)\/[A-Za-z0-9_./@:-]{1,120}(?:\.sock|\.s\.PGSQL\.\d+|sock(?:et)?))/,
  /server on ['"](?<host>[A-Za-z0-9_.-]{1,120}):(?<port>\d{2,5})['"]/,
  /(?:connection to server at|server on|host[= ]*)\s*['"(]{1,2}(?<host>[A-Za-z0-9_.:-]{1,120})['")]{1,2}(?: \([^)]{1,60}\))?,? (?:and accepting TCP\/IP connections on )?port[= ]*(?<port>\d{2,5})/,
  /host=['"](?<host>[A-Za-z0-9_.-]{1,120})['"], port=(?<port>\d{2,5})/,
  /\[?(?<host>\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}::[0-9a-f:]{0,39})\]?[:,] ?(?:port )?(?<port>\d{2,5})(?!\d)/i,
  /(?:connect(?:ing|ion)?(?: to)?|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|dial tcp|server|to) +['"]?(?:[a-z]{2,12}:\/\/)?(?:[^@\s/'"]{1,60}@)?(?<host>[A-Za-z][A-Za-z0-9_.-]{0,120}):(?<port>\d{2,5})(?!\d)/,
  // The fields of an error of Node.js, each on a line of its own.
  /\baddress: ['"](?<host>[A-Za-z0-9_.:-]{1,120})['"], port: (?<port>\d{2,5})(?!\d)/,
  /\bsyscall: ['"]getaddrinfo['"], hostname: ['"](?<host>[A-Za-z0-9_.-]{1,120})['"]/,
  /(?:ENOTFOUND|EAI_AGAIN|could not translate host name|getaddrinfo(?: failed)? for|server host) +['"]?(?<host>[A-Za-z0-9_.-]{1,120})/,
] as const

/**
 * The service that a line of the backend's own log says it cannot reach; null when the line tells none. Read are the words of redis-py,
 * psycopg and libpq, mysqlclient, PDO, Node's sockets and drivers, Go's net, requests and urllib3, JDBC.
 */
export function neededService(text: string): Needed | null {
  const line = text.slice(0, 600)
  const refuses = FULL.test(line)
  const unnamed = !refuses && UNNAMED.test(line)
  if (!refuses && !UNREACHED.test(line)) return null
  const service = services.find(({ words }) => words.test(line))?.service ?? null
  for (const pattern of addresses) {
    const found = pattern.exec(line)?.groups
    if (!found) continue
    const port = found['port'] === undefined ? null : Number(found['port'])
    return {
      service: (port === null ? null : serviceAt(port)) ?? service,
      host: found['host'] ?? null,
      port,
      unix: found['unix'] ?? null,
      ...(refuses && { refuses }),
      ...(unnamed && { unnamed }),
    }
  }
  return service === null ? null : { service, host: null, port: null, unix: null, ...(refuses && { refuses }) }
}
