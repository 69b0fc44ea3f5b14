import { placeholder, type SecretKind } from './placeholder.ts'

interface Notation {
  readonly kind: SecretKind
  /** Two groups: what stays in front, and the secret. */
  readonly pattern: RegExp
}

/** Names and values joined in ways of their own: SQL, redis.conf, XML, and a sentence that tells a password. */
const notations: readonly Notation[] = [
  { kind: 'password', pattern: /(\bIDENTIFIED (?:WITH \w+ )?(?:BY|AS) ["'])([^"'\n]+)/gi },
  { kind: 'password', pattern: /(^[ \t]*(?:requirepass|masterauth)[ \t]+["']?)([^\s"']+)/gm },
  { kind: 'password', pattern: /(<\w*(?:password|passwd|passphrase)>)([^<\n]+)(?=<\/)/gi },
  { kind: 'secret', pattern: /(<\w*(?:secret|token|apikey|credential)>)([^<\n]+)(?=<\/)/gi },
  {
    kind: 'secret',
    pattern: /(\b(?:key|name)=["'][\w.:-]{0,80}(?:password|secret|token|apikey)["'] value=["'])([^"'\n]+)/gi,
  },
  { kind: 'password', pattern: /(\b(?:password|passwd|passphrase)(?: is| was)?:? ["'])([^"'\n]+)(?=["'])/gi },
  {
    kind: 'password',
    pattern: /(\b(?:password|passwd|passphrase|api key|secret|token)(?: is| was):? )(?=\S{0,60}\d)([^\s"'<]{6,})/gi,
  },
]

export function redactOtherNotations(text: string): string {
  return notations.reduce(
    (rest, { kind, pattern }) =>
      rest.replace(pattern, (whole, before: string, value: string) =>
        /^(?:<redacted:|\$|\/(?:etc|run|var|usr|srv|home)\/)/.test(value) ? whole : `${before}${placeholder(kind)}`,
      ),
    text,
  )
}
