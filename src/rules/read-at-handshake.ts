import type { Fact } from '../diagnosis/fact.ts'
import { type CertificateByName, certificatesByName } from '../nginx/certificates-by-name.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { ServedCertificate } from '../probes/served-certificates.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import type { StartFiles } from './start-file.ts'
import type { StartSeen } from './start-refusal.ts'

type Served = Fact<{ readonly certificates: readonly ServedCertificate[] }>

export type HandshakeSeen = StartSeen & {
  readonly 'start-files': StartFiles
  readonly events: Fact<readonly Event[]>
  readonly 'served-certificates': Served
}

/** What a worker said of a file with `$ssl_server_name` in its path, which it reads at each handshake. */
export interface AtHandshake {
  readonly event: Event
  readonly named: CertificateByName
}

/** Of this moment, and of names of the configuration alone: a client may call itself anything. */
export function readAtHandshake({ 'nginx-config': config, events }: HandshakeSeen): readonly AtHandshake[] {
  if (!config.known || !events.known) return []
  const files = certificatesByName(config.value.model)
  return eventsOfKind(events.value, 'cert-load').flatMap((event) => {
    const path = fileInMessage(event.line)
    const named = files.find((each) => each.path === path)
    return named && event.line.client !== null && event.now ? [{ event, named }] : []
  })
}

export function handshakeWords({ line }: Event): string {
  return `${line.message} ${line.ssl ?? ''}`
}

/** What a handshake of this moment with that name gave. */
export function servedFor(name: string, served: Served): ServedCertificate | undefined {
  return served.known
    ? served.value.certificates.find((each) => each.name === name && each.wanted === 'any')
    : undefined
}
