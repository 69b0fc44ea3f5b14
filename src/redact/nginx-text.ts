import { placeholder, type SecretKind } from './placeholder.ts'
import { secretKindOf } from './secret-name.ts'
import { isHarmless } from './harmless.ts'

/** One argument of a directive: quoted, or up to white space or the end of the directive. */
const argument = String.raw`("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?:[^\s;"'\\]|\\.)[^\s;]*)`

/** Directives whose first argument is a name and whose second is its value. */
const named = new RegExp(
  String.raw`\b((?:fastcgi|uwsgi|scgi)_param|set|(?:proxy|grpc|uwsgi)_set_header|add_header|more_set(?:_input)?_headers|perl_set|auth_request_set)([ \t]+["']?)([\w$-]+)(["']?[ \t]+)${argument}`,
  'g',
)
/** Directives that are secrets by their own name; only as the first word of a line or block. */
const own = new RegExp(String.raw`(^|[;{])([ \t]*)([a-z]\w*)([ \t]+)${argument}(?=[ \t]*;)`, 'gm')
const map = /\b(map[ \t]+["']?)(\$\w+)(["']?[ \t]+\$\w+\s*\{)([^{}]*)\}/g
const mapKey = /((?:^|;)[ \t]*)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^\s;]+)(?=[ \t]+[^\s;])/gm

/** Secrets in nginx's configuration language; variables, paths of files and names of directives stay. */
export function redactNginxText(text: string): string {
  return text
    .replace(named, (whole, directive: string, gap: string, name: string, gap2: string, value: string) => {
      const sets = directive.endsWith('set')
      const kind = secretKindOf(name.replace(/^\$/, ''), sets ? 'other' : 'header')
      return kind === null || sets !== name.startsWith('$') || isPublic(value)
        ? whole
        : `${directive}${gap}${name}${gap2}${hide(value, kind)}`
    })
    .replace(own, (whole, before: string, indent: string, name: string, gap: string, value: string) => {
      const kind = kindOfDirective(name)
      return kind === null || isPublic(value) ? whole : `${before}${indent}${name}${gap}${hide(value, kind)}`
    })
    .replace(map, (whole, start: string, source: string, middle: string, entries: string) => {
      const kind = secretKindOf(source, 'other')
      return kind === null ? whole : `${start}${source}${middle}${redactKeys(entries, kind)}}`
    })
}

function kindOfDirective(name: string): SecretKind | null {
  // secure_link_md5 holds the shared secret among variables: https://nginx.org/en/docs/http/ngx_http_secure_link_module.html
  return name === 'secure_link_md5' ? 'secret' : secretKindOf(name, 'other')
}

function redactKeys(entries: string, kind: SecretKind): string {
  return entries.replace(mapKey, (whole, before: string, key: string) =>
    /^(?:default|hostnames|volatile|include|#.*)$/.test(key) || isPublic(key) || isPattern(key)
      ? whole
      : `${before}${hide(key, kind)}`,
  )
}

/** A regular expression that could match anything; one with a long literal may hold the secret itself. */
function isPattern(key: string): boolean {
  return /^["']?~/.test(key) && !/[A-Za-z0-9]{6}/.test(key)
}

/** Also where the value comes from: text with nothing but variables, and keys that an engine or file holds. */
function isPublic(value: string): boolean {
  const inner = value.replace(/^(["'])(.*)\1$/, '$2')
  return isHarmless(inner) || /^(?:(?:Basic|Bearer|Token) )?(?:[:;,/ ]*\$\{?\w+\}?)+$|^(?:engine|store):/.test(inner)
}

function hide(value: string, kind: SecretKind): string {
  const quote = /^["']/.exec(value)?.[0] ?? ''
  return `${quote}${placeholder(kind)}${quote}`
}
