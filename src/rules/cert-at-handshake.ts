import type { Fact } from '../diagnosis/fact.ts'
import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { CertificateByName } from '../nginx/certificates-by-name.ts'
import { causesOf } from '../nginx/line-causes.ts'
import type { MandatoryAccess } from '../probes/mac.ts'
import type { StartFile } from '../probes/start-files.ts'
import type { Event } from '../symptoms/events.ts'
import { eventEvidence, impactOfEvent, seenBy } from './knowledge.ts'
import { macAlike } from './mac-alike.ts'
import { type HandshakeSeen, handshakeWords, readAtHandshake, servedFor } from './read-at-handshake.ts'
import { fileEvidence, startFile } from './start-file.ts'

type Seen = HandshakeSeen & { readonly mac: Fact<MandatoryAccess> }

/**
 * A certificate or key whose path has `$ssl_server_name` in it is read by the worker at each handshake, with the worker's rights and not
 * with those that nginx starts with: it may be missing, or closed to the worker, while `nginx -t` passes. Only a name of the configuration
 * counts: a client may call itself anything.
 */
export function certAtHandshake(seen: Seen): Claim[] {
  return readAtHandshake(seen)
    .filter(
      ({ event }) =>
        (isDenied(event) || /error:80000002|No such file/i.test(handshakeWords(event))) &&
        causesOf(event.line)[0] === 'cert-missing',
    )
    .map(({ event, named }) => claimOf(event, named, seen))
}

/** OpenSSL 3 gives the errno with ERR_SYSTEM_FLAG before it; older versions only the text. */
function isDenied(event: Event): boolean {
  return /error:8000000D|Permission denied/i.test(handshakeWords(event))
}

function claimOf(event: Event, named: CertificateByName, seen: Seen): Claim {
  const { path, name, file, line } = named
  const denied = isDenied(event)
  const found = startFile(path, seen['start-files'])
  const shown = servedFor(name, seen['served-certificates'])
  const user = seen['nginx-processes'].oldestWorker?.user ?? 'the user of the workers'
  const mended = shown !== undefined && shown.notAfter !== null
  return {
    summary: denied
      ? `nginx's workers (user ${user}) may not read ${path} (${file}:${line}), which they need at each handshake for ${name}: a path with a variable is read by them, not by the master`
      : `${path} (${file}:${line}), which nginx's workers read at each handshake for ${name}, does not exist`,
    subject: { path, file, line },
    failingNow: !mended,
    impact: { ...impactOfEvent(event, seen.host), sites: [name] },
    evidence: [
      eventEvidence(event),
      ...fileEvidence(found, seen.host),
      ...(shown && shown.notAfter === null
        ? [
            seenBy(
              'served-certificates',
              `openssl s_client -connect ${shown.endpoint} -servername ${name}`,
              'no certificate is given',
            ),
          ]
        : []),
    ],
    unlike: [
      ruledOut('config-invalid', 'nginx runs with this configuration, and names the file'),
      ruledOut('cert-key-mismatch', denied ? 'it was not read at all' : 'there is nothing to read'),
      ruledOut('cert-expired', 'the handshake ends before a certificate is shown'),
      ...(denied ? [modeAlike(found, seen.mac)] : []),
    ],
    ...(shown === undefined && { atMost: 'likely' as const }),
    steps: [
      denied
        ? `let ${user} read it and nobody else: chgrp ${user} ${path} && chmod 640 ${path}   # and every folder above it: namei -l ${path}`
        : `put ${path} back: from where it was made, or from the last backup`,
      `or name the files of ${name} without a variable in ${file}:${line}: nginx then reads them as root when it starts`,
      'no reload is needed for a file that a variable names: it is read at the next handshake',
    ],
  }
}

/** Where the mode of the file itself is closed to others, no policy is needed to keep the workers out. */
function modeAlike(file: StartFile | null, mac: Seen['mac']): LookAlike {
  const closed = file !== null && /^-.{6}---/.test(file.mode) && file.mode.includes(' root root')
  if (closed) return ruledOut('mac-denied', `its mode alone keeps them out: ${file.mode}`)
  return macAlike(mac)
}
