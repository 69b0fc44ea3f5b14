import { parsed } from '../diagnosis/fact.ts'
import { sections, type Section } from './lines.ts'
import { defineProbe } from './probe.ts'

/** What a path is for: nginx reads `certificate`, `key`, `file` (other TLS files) and `module` when it starts, and writes `pid`. */
export type StartFileRole = 'certificate' | 'key' | 'file' | 'module' | 'pid'

export interface StartFile {
  readonly role: StartFileRole
  readonly path: string
  /** there: seen; missing: seen not to be there; hidden: a directory above could not be looked into by our own user. */
  readonly state: 'there' | 'missing' | 'hidden'
  /** Of `missing` the first component that is not there, of `hidden` the directory that may not be entered; else the path. */
  readonly at: string
  /** Where a symbolic link in the last place points to, as written. */
  readonly link: string | null
  /** "-rw-r----- root ssl-cert", of the file, or of the last directory that is there. */
  readonly mode: string
  /** Seconds since the epoch; 0 when it is not there. */
  readonly changed: number
  /** Whether the file system it lies on is mounted read-only; null when that was not seen. */
  readonly readOnly: boolean | null
  /** Of a certificate: end of validity, ms since the epoch. */
  readonly notAfter: number | null
  /** Hash of the public key of a certificate or key; equal when they belong together. Nothing of a private key leaves the host. */
  readonly publicKey: string | null
  /** Of a certificate: "rsaEncryption", "id-ecPublicKey". */
  readonly algorithm: string | null
  /** The key asks for a passphrase. */
  readonly encrypted: boolean
}

/**
 * The files that the configuration names and that a start needs: there, readable, until when, do they belong together?
 * "$@" are `ROLE|PATH`, all of them from the configuration.
 *
 * Sample (Debian 12, OpenSSL 3.0):
 *     @file certificate /etc/nginx/ssl/shop.crt
 *     mode -rw-r--r-- root root
 *     there 1795230000
 *     mount rw
 *     end Jan  4 10:00:00 2027 GMT
 *     algorithm id-ecPublicKey
 *     public 5f1c2a77d0e1b3c4
 *     @file key /etc/letsencrypt/live/shop/privkey.pem
 *     mode drwx------ root root
 *     hidden /etc/letsencrypt/live
 */
export const startFiles = defineProbe({
  id: 'start-files',
  command: 'namei -l FILE; openssl x509 -enddate; openssl pkey -pubout',
  seconds: 6,
  cap: 65_536,
  script: `
tls=; command -v openssl >/dev/null 2>&1 && tls=yes
short() { sha256sum 2>/dev/null | cut -c1-16; }
mount_of() { # ro or rw of the mount that holds a path
  awk -v p="$1/" '{ m = $2; if (m != "/") m = m "/"; if (index(p, m) == 1 && length(m) >= best) { best = length(m); o = $4 } } END { print substr(o, 1, 2) }' /proc/self/mounts 2>/dev/null
}
for ask in "$@"; do
  role=\${ask%%|*}; p=\${ask#*|}
  echo "@file $role $p"
  [ -L "$p" ] && echo "link $(readlink "$p")"
  rest=\${p#/}; at=; gone=
  while [ -n "$rest" ]; do
    part=\${rest%%/*}; case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    [ -n "$part" ] || continue
    up=$at; at=$at/$part
    [ -e "$at" ] && continue
    gone=yes; stat -L -c 'mode %A %U %G' "\${up:-/}" 2>/dev/null
    if [ -L "$at" ] && [ -x "\${up:-/}" ]; then
      t=$(readlink -m "$at" 2>/dev/null); d=\${t%/*}; while [ -n "$d" ] && [ ! -e "$d" ]; do d=\${d%/*}; done
      if [ -n "$t" ] && [ -x "\${d:-/}" ]; then echo "missing $at"; else echo "hidden \${d:-$at}"; fi
    elif [ -x "\${up:-/}" ]; then echo "missing $at"; else echo "hidden \${up:-/}"; fi
    echo "mount $(mount_of "\${up:-/}")"
    break
  done
  [ -z "$gone" ] || continue
  stat -L -c 'mode %A %U %G
there %Z' "$p"
  echo "mount $(mount_of "$p")"
  [ -n "$tls" ] && [ -r "$p" ] && [ -f "$p" ] || continue
  case $role in
    certificate)
      openssl x509 -in "$p" -noout -enddate </dev/null 2>/dev/null | sed 's/^notAfter=/end /'
      openssl x509 -in "$p" -noout -text </dev/null 2>/dev/null | sed -n '/^ *Public Key Algorithm: /{s//algorithm /p;q;}'
      k=$(openssl x509 -in "$p" -noout -pubkey </dev/null 2>/dev/null) && [ -n "$k" ] && echo "public $(printf '%s\\n' "$k" | short)" ;;
    key)
      grep -q 'ENCRYPTED' "$p" && { echo encrypted yes; continue; }
      k=$(openssl pkey -in "$p" -pubout -passin pass: </dev/null 2>/dev/null) && [ -n "$k" ] && echo "public $(printf '%s\\n' "$k" | short)" ;;
  esac
done
true`,
  parse(capture) {
    // The last file of an answer that was cut is not whole.
    const parts = sections(capture.stdout, ['file']).slice(0, capture.truncated ? -1 : undefined)
    return parsed<{ readonly files: readonly StartFile[] }>({ files: parts.flatMap(readFile) })
  },
})

const roles: readonly StartFileRole[] = ['certificate', 'key', 'file', 'module', 'pid']

function readFile(part: Section): StartFile[] {
  const match = /^(\S+) (\/.*)$/.exec(part.rest)
  const role = roles.find((each) => each === match?.[1])
  const path = match?.[2]
  const said = (word: string): string | null =>
    part.body.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? null
  const [there, missing, hidden] = [said('there'), said('missing'), said('hidden')]
  if (!role || path === undefined || (there === null && missing === null && hidden === null)) return []
  const end = Date.parse(said('end') ?? '')
  const mount = said('mount')
  return [
    {
      role,
      path,
      state: there !== null ? 'there' : missing !== null ? 'missing' : 'hidden',
      at: missing ?? hidden ?? path,
      link: said('link'),
      mode: said('mode') ?? '',
      changed: Number(there ?? 0),
      readOnly: mount === 'ro' || mount === 'rw' ? mount === 'ro' : null,
      notAfter: Number.isNaN(end) ? null : end,
      publicKey: said('public'),
      algorithm: said('algorithm'),
      encrypted: said('encrypted') !== null,
    },
  ]
}
