import type { RecordedCapture, Snapshot } from '../../src/host/snapshot.ts'

export interface Secret {
  readonly kind: string
  /** What must be found nowhere. */
  readonly text: string
}

interface Planting {
  readonly snapshot: Snapshot
  readonly secrets: readonly Secret[]
}

/** Makes one secret of a kind, remembers it, and gives it back for the text. */
type Make = (kind: string, shape?: (random: string) => string) => string

/** Puts secrets where hosts have them (logs, configuration, process titles, journals, command lines), without touching what a diagnosis rests on. */
export function plantSecrets(snapshot: Snapshot, seed: number): Planting {
  const secrets: Secret[] = []
  let made = 0
  const make: Make = (kind, shape = (random) => random) => {
    made += 1
    const text = shape(randomText(seed * 1000 + made))
    secrets.push({ kind, text })
    return text
  }
  const captures = snapshot.captures.map((recorded) => planted(recorded, make))
  // One that found no place in these captures is no secret of them.
  const written = captures.map(({ capture }) => capture.stdout).join('\n')
  return { snapshot: { ...snapshot, captures }, secrets: secrets.filter(({ text }) => written.includes(text)) }
}

function planted(recorded: RecordedCapture, make: Make): RecordedCapture {
  const plant = plants[recorded.capture.probe]
  if (plant === undefined || recorded.capture.stdout === '') return recorded
  return { ...recorded, capture: { ...recorded.capture, stdout: plant(recorded.capture.stdout, make) } }
}

const plants: Readonly<Record<string, (text: string, make: Make) => string>> = {
  'error-log': inErrorLog,
  'nginx-config': inConfig,
  'nginx-processes': (text, make) =>
    text.replace(/daemon on;/, () => `daemon on; env SMTP_PASS=${make('process title')};`),
  'nginx-unit': inUnits,
  'backend-units': inUnits,
  'idle-services': inUnits,
}

/** The same query on every line, as a client that repeats itself sends it: lines that were alike stay alike. */
function inErrorLog(text: string, make: Make): string {
  const [token, session, password] = [make('token in a query'), make('session id'), make('password in a URL')]
  const jwt = make('JWT', (random) => ['eyJhbGciOiJIUzI1NiJ9', `eyJzdWIiOiIx${random}`, random].join('.'))
  return text
    .replace(/(request: "[A-Z]+ [^" ?]*) HTTP/g, `$1?token=${token}&page=2 HTTP`)
    .replace(/(upstream: "(?!\w+:\/\/unix:)[^"?]*:[^"?]*\/[^"?]*)"/g, `$1?PHPSESSID=${session}&state=${jwt}"`)
    .replace(/(, host: "[^"]*")$/gm, `$1, referrer: "https://shop:${password}@partner.example.com/"`)
}

function inConfig(text: string, make: Make): string {
  return text
    .replace(/^http \{$/m, () =>
      [
        'http {',
        `fastcgi_param DB_PASSWORD ${make('fastcgi_param')};`,
        `map $http_x_api_key $is_partner { default 0; "${make('key in a map')}" 1; }`,
        `# posts to ${make('Slack token', (random) => ['xoxb', '123456789012', random].join('-'))}`,
      ].join(' '),
    )
    .replace(/(server_name [^;]*;)$/m, (line: string) =>
      [
        line,
        `set $api_token '${make('token in a variable')}';`,
        // Nothing is passed on from there, so that no other location inherits the header.
        `location /zz-partner/ { proxy_set_header Authorization "Basic ${make('basic auth', base64)}"; return 204; }`,
      ].join(' '),
    )
}

function base64(random: string): string {
  return Buffer.from(`shop:${random}`).toString('base64')
}

function inUnits(text: string, make: Make): string {
  return text
    .replace(
      /^(ExecStart=\{ [^;]*; argv\[\]=[^;]*?) ;/m,
      (_whole, command: string) => `${command} --api-key ${make('option of a command')} ;`,
    )
    .replace(/^(\S+T\S+ \S+) systemd\[1\]: .*$/m, (line: string, prefix: string) =>
      [line, ...journal(make).map((said) => `${prefix} app[99]: ${said}`)].join('\n'),
    )
}

function journal(make: Make): readonly string[] {
  const body = make('private key', (random) => `MIIEpAIBAAKCAQEA${random}`)
  return [
    `GET /cart with Authorization: Bearer ${make('bearer token')}`,
    `Cookie: sid=${make('cookie')}; theme=dark`,
    `using postgres://shop:${make('database URL')}@db-1:5432/shop`,
    `env[DB_PASSWORD] = ${make('php-fpm variable')}`,
    `Environment=SESSION_SECRET=${make('variable of a unit')} PORT=8080`,
    `{"user":"shop","password":"${make('JSON')}","port":5432}`,
    `AWS_SECRET_ACCESS_KEY=${make('AWS secret')} for ${make('AWS key id', (random) => `AKIA${random.toUpperCase().slice(0, 16)}`)}`,
    `pushing with ${make('GitHub token', (random) => `ghp_${(random + random).slice(0, 36)}`)}`,
    '-----BEGIN RSA PRIVATE KEY-----',
    body,
    'q+9/x==',
    '-----END RSA PRIVATE KEY-----',
  ]
}

/** 20 letters and digits that occur nowhere else; the same for the same number. */
function randomText(number: number): string {
  let state = (number * 48_271 + 11) % 2_147_483_647
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const text = Array.from({ length: 18 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return letters[state % letters.length] ?? 'x'
  })
  return `x7${text.join('')}`
}
