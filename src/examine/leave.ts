import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { redactRecorded } from '../host/redact-recorded.ts'
import type { RecordedCapture, Snapshot } from '../host/snapshot.ts'
import { addressesIn, clientAddresses, renamer } from '../redact/client-addresses.ts'
import { maskClients } from '../redact/mask-clients.ts'
import { redactDiagnosis } from '../redact/redact-diagnosis.ts'

// The border at which an answer leaves the worker or the command line: what passes here is all that others keep, show or export.

export interface LeaveOptions {
  /** Addresses that are known to be of clients; log lines name others. */
  readonly clients: readonly string[]
  /** Whether they leave as client-1, client-2 (gatemedic.yml). */
  readonly maskClients: boolean
}

export function leaveDiagnosis(diagnosis: Diagnosis, { clients, maskClients: masks }: LeaveOptions): Diagnosis {
  const redacted = redactDiagnosis(diagnosis)
  return masks ? maskClients(redacted, clients) : redacted
}

/**
 * The answers behind it, for judging them again. There a client is another address, not a word, so that every line still reads as what it is: of
 * 240.0.0.0/4 (RFC 1112, section 4) or 2001:db8::/32 (RFC 3849), which no client has. What the configuration names stays.
 */
export function leaveAnswers(snapshot: Snapshot, { clients, maskClients: masks }: LeaveOptions): Snapshot {
  const captures = snapshot.captures.map(redactRecorded)
  if (!masks) return { ...snapshot, captures }
  const texts = captures.map(({ capture }) => capture.stdout)
  const configured = captures.filter(({ capture }) => capture.probe === 'nginx-config')
  const ours = new Set(configured.flatMap(({ capture }) => addressesIn(capture.stdout)))
  const renamed = renamer(clientAddresses(texts, clients, ours), standIn)
  return { ...snapshot, captures: captures.map((each) => withTexts(each, renamed)) }
}

function withTexts({ capture, args, ...rest }: RecordedCapture, renamed: (text: string) => string): RecordedCapture {
  const { stdout, stderr } = capture
  return {
    capture: { ...capture, stdout: renamed(stdout), stderr: renamed(stderr) },
    args: args.map(renamed),
    ...rest,
  }
}

function standIn(nth: number, address: string): string {
  if (address.includes(':')) return `2001:db8::${(nth % 0x10000).toString(16)}`
  return `240.${(nth >> 16) & 255}.${(nth >> 8) & 255}.${nth & 255}`
}
