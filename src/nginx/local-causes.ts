import type { CauseId } from '../diagnosis/cause.ts'
import type { ErrorLine } from './error-line.ts'
import { linuxErrno } from './errno.ts'

/** Numbers that say what is wrong whatever nginx was doing: descriptors, space, inodes, quota, read-only, I/O errors, memory. */
const RESOURCE: ReadonlyMap<number, readonly CauseId[]> = new Map<number, readonly CauseId[]>([
  [23, ['fd-limit']],
  [24, ['fd-limit']],
  [28, ['disk-full']],
  [122, ['disk-full']],
  [30, ['disk-error']],
  [5, ['disk-error']],
  [12, ['host-overloaded']],
])

export function resourceCauses(line: ErrorLine): readonly CauseId[] | null {
  const errno = linuxErrno(line.errno)
  return errno === null ? null : (RESOURCE.get(errno) ?? null)
}

export function bindCauses(line: ErrorLine): readonly CauseId[] {
  const errno = linuxErrno(line.errno)
  if (errno === 98 || line.message.startsWith('still could not bind')) return ['port-in-use']
  if (errno === 13) return ['bind-privilege', 'mac-denied']
  return errno === 2 ? ['config-invalid'] : ['bind-privilege', 'port-in-use']
}

const PID_FILE = /\.pid"?/
const TEMP_PATH =
  /(?:temp|tmp|client_body|proxy|fastcgi|uwsgi|scgi|cache)[^"]{0,200}\/(?:\d{10}|\d{1,3}\/|[0-9a-f]{1,32}"?)/
const CERTIFICATE = /\.(?:pem|crt|cer|key|p12)"/

/** Candidates for a file or directory that nginx could not open, make or stat. */
export function fileCauses(line: ErrorLine): readonly CauseId[] {
  const errno = linuxErrno(line.errno)
  const path = line.message.slice(0, 600)
  if (line.level === 'emerg') return startFileCauses(path, errno)
  // `nginx -s` finds no pid file; a client may well ask for a file of that name.
  if (line.client === null && PID_FILE.test(path)) return ['nginx-down', 'pid-path-missing']
  const writes =
    line.level === 'crit' && /reading upstream|client request body|request to upstream/.test(line.phase ?? '')
  if (writes || (line.level === 'crit' && TEMP_PATH.test(path))) return ['temp-path-permission', 'mac-denied']
  if (errno === 13 || errno === 1) return ['path-permission', 'mac-denied']
  return []
}

function startFileCauses(path: string, errno: number | null): readonly CauseId[] {
  if (PID_FILE.test(path)) return ['pid-path-missing', 'mac-denied']
  if (CERTIFICATE.test(path)) return ['cert-missing']
  if (path.startsWith('mkdir')) return errno === 13 ? ['temp-path-permission', 'mac-denied'] : ['config-invalid']
  return errno === 13 ? ['config-invalid', 'mac-denied'] : ['config-invalid']
}

/** Candidates for certificates and keys; OpenSSL's text carries the reason, as nginx has no errno there. */
export function certificateCauses(line: ErrorLine): readonly CauseId[] {
  const text = `${line.message} ${line.ssl ?? ''}`.slice(0, 1500)
  if (/No such file|no such file|Permission denied|fopen/.test(text) || line.errno !== null)
    return ['cert-missing', 'cert-key-mismatch']
  if (/key values mismatch|PEM |PEM_|bad end line|no start line|asn1|ASN1|bad decrypt|bad base64|wrong tag/i.test(text))
    return ['cert-key-mismatch']
  if (/ee key too small|ca md too weak|no ssl_certificate|no "ssl_certificate/.test(text)) return ['config-invalid']
  return ['cert-missing', 'cert-key-mismatch', 'config-invalid']
}

/** Candidates for a module that does not load: a wrong build, or a file that is not there. */
export function moduleCauses(line: ErrorLine): readonly CauseId[] {
  return line.message.includes('No such file') ? ['module-incompatible', 'config-invalid'] : ['module-incompatible']
}
