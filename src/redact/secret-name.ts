import type { SecretKind } from './placeholder.ts'

/**
 * Where a name stands decides what it may mean: `key=` holds a secret in a query and nearly never elsewhere; `code=exited`
 * is systemd's.
 */
export type NameContext = 'query' | 'header' | 'other'

/** Last words of a name that name a secret by themselves, with the kind. */
const lastWords: Readonly<Record<string, SecretKind>> = {
  password: 'password',
  passwd: 'password',
  passphrase: 'password',
  passcode: 'password',
  pwd: 'password',
  pass: 'password',
  pw: 'password',
  secret: 'secret',
  secrets: 'secret',
  salt: 'secret',
  credential: 'secret',
  credentials: 'secret',
  token: 'token',
  jwt: 'token',
  csrf: 'token',
  xsrf: 'token',
  apikey: 'key',
  authorization: 'authorization',
  cookie: 'cookie',
  phpsessid: 'session',
  jsessionid: 'session',
  sessionid: 'session',
  sessid: 'session',
}

/** Words in front of `key` that make it a secret one; `cache key`, `certificate key` (a path) and `host key` are not. */
const secretKeys = new Set(
  'api access account app application auth deploy encrypt encryption function hmac jwt license master private secret service session shared sign signing storage subscription webhook'.split(
    ' ',
  ),
)

/** Endings of names run together: PGPASSWORD, AUTHTOKEN. */
const endings: readonly (readonly [string, SecretKind])[] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['secret', 'secret'],
  ['token', 'token'],
  ['requirepass', 'password'],
  ['apikey', 'key'],
  ['privatekey', 'key'],
  ['secretkey', 'key'],
  ['accesskey', 'key'],
]

const queryNames: Readonly<Record<string, SecretKind>> = {
  key: 'key',
  k: 'key',
  sig: 'signature',
  sign: 'signature',
  signature: 'signature',
  hmac: 'signature',
  hash: 'signature',
  md5: 'signature',
  code: 'code',
  otp: 'code',
  pin: 'code',
  ticket: 'token',
  auth: 'authorization',
  session: 'session',
  sid: 'session',
  assertion: 'token',
  samlresponse: 'token',
  samlrequest: 'token',
  credential: 'key',
}

/** nginx directives and words of ordinary tools that look like secrets and hold none. */
const harmless =
  /^(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)[_-]pass|http[_-]pass|auth[_-]request|sec-websocket-key|server[_-]tokens?|unexpected[_-]token)$/

/** The kind of secret that a value under this name is, or null. Names come in any spelling: apiKey, API_KEY, x-api-key, $http_x_api_key. */
export function secretKindOf(name: string, context: NameContext): SecretKind | null {
  const plain = name.replace(/^[-$]+|[-._]+$/g, '')
  if (harmless.test(plain.toLowerCase())) return null
  const variable = /^(arg|cookie|http|upstream_http|sent_http|upstream_cookie)_(.+)$/i.exec(plain)
  if (variable !== null && name.startsWith('$')) return kindOfVariable(variable[1] ?? '', variable[2] ?? '')
  const words = wordsOf(plain)
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  if (context === 'query' && (queryNames[last] !== undefined || last === 'pass')) {
    return words.length === 1 || before === 'amz' || before === 'goog'
      ? (queryNames[last] ?? 'password')
      : strong(words)
  }
  if (context === 'header' && last === 'key' && words[0] === 'x') return 'key'
  if (context === 'header' && last === 'signature') return 'signature'
  return strong(words)
}

function kindOfVariable(source: string, name: string): SecretKind | null {
  if (/cookie$/i.test(source)) return 'cookie'
  return secretKindOf(name, /^arg$/i.test(source) ? 'query' : 'header')
}

function strong(words: readonly string[]): SecretKind | null {
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  if (/^keys?$/.test(last)) return secretKeys.has(before) ? 'key' : null
  if (last === 'tokens') return /^(?:access|api|auth|bearer|refresh)$/.test(before) ? 'token' : null
  if (last === 'id' && /^(?:session|sess)$/.test(before)) return 'session'
  if (last === 'sid' && before === 'connect') return 'session'
  if (last === 'base' && before === 'key') return 'key'
  if (last === 'hash' && /^(?:password|passwd)$/.test(before)) return 'password'
  const known = Object.hasOwn(lastWords, last) ? lastWords[last] : undefined
  return known ?? endings.find(([ending]) => last.endsWith(ending))?.[1] ?? null
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[-_.]+/)
    .filter((word) => word !== '')
}
