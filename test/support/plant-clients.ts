import type { RecordedCapture, Snapshot } from '../../src/host/snapshot.ts'

/** Addresses from which nobody asked the recorded hosts; the last is of IPv6. */
export const plantedClients = ['203.0.113.7', '198.51.100.84', '2a01:4f8:10a::9'] as const

/** The same recording with visitors from elsewhere, in the lines of its logs and in what is counted of them. */
export function plantClients(snapshot: Snapshot): Snapshot {
  return { ...snapshot, captures: snapshot.captures.map(withVisitors) }
}

function withVisitors(recorded: RecordedCapture): RecordedCapture {
  let met = 0
  const visitor = (): string => plantedClients[(met += 1) % plantedClients.length] ?? ''
  const stdout = recorded.capture.stdout
    .replace(/\bclient: 127\.0\.0\.1/g, () => `client: ${visitor()}`)
    .replace(/^(client \d+ \d+) 127\.0\.0\.1$/gm, (_, lead: string) => `${lead} ${visitor()}`)
    .replace(/^127\.0\.0\.1( \S+ \S+ \[)/gm, (_, rest: string) => `${visitor()}${rest}`)
  return { ...recorded, capture: { ...recorded.capture, stdout } }
}
