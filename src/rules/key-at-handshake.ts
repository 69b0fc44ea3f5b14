import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { type CertificateByName, certificatesByName } from '../nginx/certificates-by-name.ts'
import { causesOf } from '../nginx/line-causes.ts'
import type { Event } from '../symptoms/events.ts'
import { eventEvidence, impactOfEvent, seenBy } from './knowledge.ts'
import { changedLast, publicKeys, whatIsWrong } from './pair-fault.ts'
import { type HandshakeSeen, readAtHandshake, servedFor } from './read-at-handshake.ts'
import { fileEvidence, startFile } from './start-file.ts'

/**
 * Files with `$ssl_server_name` in their path are read at each handshake: `nginx -t` passes, nginx runs, and the handshake of one name ends
 * because its key is another's, or because one of its files holds nothing that OpenSSL can read.
 */
export function keyAtHandshake(seen: HandshakeSeen): Claim[] {
  return readAtHandshake(seen)
    .filter(({ event }) => causesOf(event.line)[0] === 'cert-key-mismatch')
    .map(({ event, named }) => claimOf(event, named, seen))
}

function claimOf(event: Event, { path, name, file, line }: CertificateByName, seen: HandshakeSeen): Claim {
  const pair = pairFor(name, seen)
  const what = whatIsWrong(event.line, path, pair)
  const shown = servedFor(name, seen['served-certificates'])
  const refused = shown !== undefined && shown.notAfter === null
  return {
    summary: `${what.summary} (${file}:${line}): nginx's workers read both at each handshake for ${name}, and end it`,
    subject: { path, file, line },
    failingNow: shown === undefined || refused,
    impact: { ...impactOfEvent(event, seen.host), sites: [name] },
    evidence: [
      eventEvidence(event),
      ...[pair?.certificate, pair?.key].flatMap((each) =>
        fileEvidence(startFile(each ?? null, seen['start-files']), seen.host),
      ),
      ...(pair ? publicKeys(pair, seen) : []),
      ...(shown && refused
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
      ruledOut('cert-missing', 'OpenSSL read the file and complains about what it holds'),
      ruledOut('config-invalid', 'nginx runs with this configuration, and names the file'),
      ruledOut('cert-expired', 'the handshake ends before a certificate is shown'),
    ],
    ...(!refused && { atMost: 'likely' as const }),
    steps: [
      ...changedLast(pair, seen),
      ...what.steps,
      'no reload is needed for a file that a variable names: it is read at the next handshake',
    ],
  }
}

function pairFor(name: string, { 'nginx-config': config }: HandshakeSeen) {
  const files = config.known ? certificatesByName(config.value.model).filter((each) => each.name === name) : []
  const certificate = files.find(({ kind }) => kind === 'certificate')?.path
  return certificate === undefined
    ? undefined
    : { certificate, key: files.find(({ kind }) => kind === 'key')?.path ?? null }
}
