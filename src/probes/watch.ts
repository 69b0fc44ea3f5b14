/** A backend's own side of its connections, watched for some seconds while live requests were under way. Times are seconds. */
export interface Watch {
  readonly endpoint: string
  /** Who looked, where it was not the question about live requests itself. */
  readonly by?: 'backend-watch'
  readonly seconds: number
  /** Requests that waited for an answer at some moment. */
  readonly started: number
  /** Of these, the ones that were answered or let go by the backend while it was watched. */
  readonly finished: number
  /** Of these, the ones that still wait at the end. */
  readonly waiting: number
  /** How long the oldest of those waits. */
  readonly oldest: number
  /** How long the finished ones took, at least: on average, and the slowest. */
  readonly meanSeconds: number
  readonly slowestSeconds: number
  /** Recv-Q of its listener, the least and the most of all looks, and its Send-Q. */
  readonly queueLeast: number
  readonly queueMost: number
  readonly backlog: number
  /** The backend was the first to close this many idle connections; the shortest time that one had been idle. */
  readonly idleClosed: number
  readonly idleSeconds: number | null
  /** Connections on which it went on sending while nothing came: event streams, long downloads. 0 for a unix socket, of which ss shows no bytes, and where it was not counted. */
  readonly streams: number
  /** Of a unix socket: connections of visitors on which nginx went on sending meanwhile, whoever the answers are from; 0 for others. */
  readonly sentTo: number
}

/** The answer to a request on a connection that was then left open. */
export interface IdleAnswer {
  readonly endpoint: string
  readonly status: number | null
  /** Its Connection header: "close", "keep-alive"; empty when there is none. */
  readonly connection: string
  /** Seconds that its Keep-Alive header promises. */
  readonly promised: number | null
  /** Of a unix socket: seconds after which the backend closed it, the answer included; null when it kept it for as long as we did. */
  readonly closedAfter: number | null
}

/** The answer to a websocket handshake; 101 when it is taken. */
export interface UpgradeAnswer {
  readonly through: 'nginx' | 'direct'
  readonly endpoint: string
  readonly host: string
  readonly path: string
  readonly status: number | null
}

export interface Watched {
  readonly watches: readonly Watch[]
  readonly idles: readonly IdleAnswer[]
  readonly upgrades: readonly UpgradeAnswer[]
}

/**
 * Sample (iproute2 6.1, curl 7.88):
 *     @ask 3 watch|tcp|127.0.0.1:8080|-|/
 *     @watch 3 9.1 21 2 19 14.2 3.9 4.0 11 17 2048 0 - 0 0
 *     @ask 4 idle|http|127.0.0.1:8080|shop.example.com|/
 *     @idle 4 200 keep-alive 5 -
 *     @ask 5 upgrade-direct|http|127.0.0.1:8080|shop.example.com|/ws/
 *     @upgrade 5 101
 */
export function readWatched(stdout: string, asks: ReadonlyMap<string, readonly string[]>): Watched {
  const read = (name: string) =>
    [...stdout.matchAll(new RegExp(`^@${name} (\\d+) (.*)$`, 'gm'))].map((match) => ({
      ask: asks.get(match[1] ?? '') ?? [],
      fields: (match[2] ?? '').split(' '),
    }))
  return {
    watches: read('watch').flatMap(({ ask, fields }) => readWatch(ask[2] ?? '', fields)),
    idles: read('idle').map(({ ask, fields: [status, connection = '-', promised, closed] }) => ({
      endpoint: ask[2] ?? '',
      status: positive(status),
      connection: connection === '-' ? '' : connection,
      promised: positive(promised),
      closedAfter: positive(closed),
    })),
    upgrades: read('upgrade').map(({ ask: [way = '', , endpoint = '', host = '', path = ''], fields: [status] }) => ({
      through: way === 'upgrade-nginx' ? 'nginx' : 'direct',
      endpoint,
      host,
      path,
      status: positive(status),
    })),
  }
}

function readWatch(endpoint: string, fields: readonly string[]): Watch[] {
  if (fields.length < 12) return []
  const [seconds = 0, started = 0, finished = 0, waiting = 0, oldest = 0, mean = 0, slowest = 0, ...rest] =
    fields.map(Number)
  const [queueLeast = 0, queueMost = 0, backlog = 0, idleClosed = 0] = rest
  return [
    {
      endpoint,
      seconds,
      started,
      finished,
      waiting,
      oldest,
      meanSeconds: mean,
      slowestSeconds: slowest,
      queueLeast,
      queueMost,
      backlog,
      idleClosed,
      idleSeconds: idleClosed > 0 ? Number(fields[11]) : null,
      streams: Number(fields[12] ?? 0),
      sentTo: Number(fields[13] ?? 0),
    },
  ]
}

function positive(text: string | undefined): number | null {
  const value = Number(text)
  return value > 0 ? value : null
}
