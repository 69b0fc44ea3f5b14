import { placeholder, type SecretKind } from './placeholder.ts'

interface Shape {
  readonly kind: SecretKind
  /** Global; each begins at a word boundary and has no nested repetition, so it stays linear. */
  readonly pattern: RegExp
}

/** Secrets that are known by their own form, wherever they stand. The forms are those that the issuers document for scanners. */
const shapes: readonly Shape[] = [
  // JSON Web Token (RFC 7519): base64url of '{"', then two to four more parts.
  { kind: 'token', pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*){0,3}/g },
  // GitHub and GitLab
  { kind: 'token', pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,}|gl(?:pat|dt|rt)-[\w-]{20,})/g },
  // Slack
  { kind: 'token', pattern: /(?<!\w)(?:xox[a-z]-|xapp-\d-)[A-Za-z0-9-]{10,}/g },
  { kind: 'token', pattern: /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)\w+\/\w+\/[\w/]+/g },
  { kind: 'token', pattern: /(?<=discord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/)[\w-]{8,}/g },
  // Stripe, Amazon, Google, SendGrid, npm, OpenAI and Anthropic, DigitalOcean, Vault, Telegram
  { kind: 'key', pattern: /(?<!\w)(?:[rs]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[\w+/=]{16,})/g },
  { kind: 'key', pattern: /(?<!\w)(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?!\w)/g },
  { kind: 'key', pattern: /(?<!\w)AIza[\w-]{35}/g },
  { kind: 'key', pattern: /(?<!\w)SG\.[\w-]{16,}\.[\w-]{16,}/g },
  { kind: 'token', pattern: /(?<!\w)(?:npm_[A-Za-z0-9]{36}|do[opr]_v1_[a-f0-9]{64}|hv[sbr]\.[\w-]{24,})/g },
  { kind: 'key', pattern: /(?<![\w-])sk-(?:(?:ant|proj|svcacct)-[\w-]{20,}|[A-Za-z0-9]{32,})/g },
  { kind: 'token', pattern: /(?<=\/bot)\d{6,12}:[\w-]{30,}/g },
  // Hashes of passwords as crypt(5) writes them
  { kind: 'password', pattern: /\$(?:1|apr1)\$[./\w]{1,16}\$[./A-Za-z0-9]{22}(?![./A-Za-z0-9])/g },
  { kind: 'password', pattern: /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}/g },
  { kind: 'password', pattern: /\$[56]\$(?:rounds=\d{1,9}\$)?[./\w]{1,16}\$[./A-Za-z0-9]{43,86}/g },
  {
    kind: 'password',
    pattern: /\$(?:y|7|argon2(?:id?|d))\$[./\w,=+-]{1,80}\$[./\w+=-]{1,80}(?:\$[./\w+=-]{20,120})?/g,
  },
  { kind: 'password', pattern: /\{S?SHA\d{0,3}\}[A-Za-z0-9+/]{20,}={0,2}/g },
  // A token in the place of a user name: https://TOKEN@host
  { kind: 'token', pattern: /(?<=:\/\/)[\w-]{20,}(?=@)/g },
]

/** `Bearer x` and `Basic x` far from the word Authorization: prose ("Basic authentication") is told from credentials by form. */
const schemes = /(?<![\w-])(Basic|Bearer)([ +]+)([A-Za-z0-9+/=._~-]{8,})/g

export function redactKnownShapes(text: string): string {
  const shaped = shapes.reduce((rest, { kind, pattern }) => rest.replace(pattern, placeholder(kind)), text)
  return shaped.replace(schemes, (whole, word: string, gap: string, value: string) =>
    isCredential(word, value) ? `${word}${gap}${placeholder('authorization')}` : whole,
  )
}

function isCredential(word: string, value: string): boolean {
  if (word === 'Basic') return Buffer.from(value.slice(0, 400), 'base64').toString('latin1').includes(':')
  return /\d/.test(value) || value.length >= 30
}
