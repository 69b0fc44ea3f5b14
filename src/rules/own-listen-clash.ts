import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { bindText } from '../nginx/config-bindings.ts'
import type { Listen } from '../nginx/config-servers.ts'
import { listenClashes } from '../nginx/listen-clash.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { portOf } from '../symptoms/address.ts'
import { lineText } from './config-line.ts'
import { seenBy } from './knowledge.ts'
import type { HolderSeen } from './port-holder.ts'
import { loadSteps, standingOf, startClaim, startEvidence } from './start-refusal.ts'

/**
 * nginx itself is who holds the address: its configuration asks for one port by two sockets that exclude each other. Nobody else is seen
 * there, and it would be refused again at each start.
 */
export function ownClaim(refusals: readonly Refusal[], refused: readonly string[], seen: HolderSeen): Claim | null {
  const config = seen['nginx-config']
  if (!config.known) return null
  const ports = new Set(refused.filter((address) => !address.startsWith('unix:')).map(portOf))
  const clashes = listenClashes(config.value.model)
  const named = clashes.find(({ first }) => first.port !== null && ports.has(first.port))
  // Before anybody has tried, a running nginx has nothing to say about it yet.
  const clash = named ?? (standingOf(seen) === 'down' ? clashes[0] : undefined)
  if (!clash) return null
  const { first, second } = clash
  const { consequence, ...common } = startClaim(seen, refusals[0])
  const evidence = [first, second].flatMap(({ file, line }) =>
    file === null || line === null ? [] : [seenBy('nginx-config', 'nginx -T', lineText(config.value, file, line))],
  )
  return {
    ...common,
    summary: `nginx is in its own way: ${bindText(first)} (${place(first)}) and ${bindText(second)} (${place(second)}) cannot be bound side by side; ${consequence}`,
    subject: first.file !== null && first.line !== null ? { file: first.file, line: first.line } : {},
    evidence: [...evidence, ...startEvidence(seen, refusals)],
    unlike: [
      ruledOut('nginx-down', 'it would bind the same two again'),
      ruledOut('bind-privilege', 'the address is in use (98), by nginx itself'),
    ],
    ...(named && seen.sockets.known ? {} : { atMost: 'likely' as const }),
    steps: [
      first.bothFamilies
        ? `take ipv6only=off out of ${place(first)}, and let that server listen on ${first.port ?? 80} of IPv4 beside it`
        : `give one of ${place(first)} and ${place(second)} another port`,
      ...loadSteps(seen),
    ],
  }
}

function place({ file, line }: Listen): string {
  return file === null ? 'a server without listen' : `${file}:${line ?? 1}`
}
