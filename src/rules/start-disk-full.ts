import type { Fact } from '../diagnosis/fact.ts'
import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { Disks } from '../probes/disk.ts'
import { stepsForRoom, systemEvidence } from './disk-room.ts'
import { loadSteps, refusalsFor, startClaim, startEvidence, type StartSeen, stillStands } from './start-refusal.ts'
import { fileSystemOf, fullWords, isFull } from './write-failures.ts'

type Seen = StartSeen & { readonly disk: Fact<Disks> }

/** nginx does not start, or does not take over what is on disk, because a file that it makes then (its pid file, a log) finds no room. */
export function startDiskFull(seen: Seen): Claim[] {
  const refusal = refusalsFor('disk-full', seen)[0]
  const path = refusal ? fileInMessage(refusal.line) : null
  if (!refusal || path === null) return []
  const system = seen.disk.known ? fileSystemOf(path, seen.disk.value) : null
  const full = system !== null && isFull(system) !== null
  // Room again, and nobody has asked nginx since: what is in its way now is told by others.
  if (system !== null && !full && refusal.from !== 'test') return []
  const { consequence, ...common } = startClaim(seen, refusal)
  return [
    {
      ...common,
      summary: `${system && full ? fullWords(system) : `no room was left where ${path} is`}: nginx cannot make ${path}; ${consequence}`,
      subject: { path: system?.mount ?? path },
      evidence: [...startEvidence(seen, [refusal]), ...(system ? [systemEvidence(system)] : [])],
      unlike: [
        ruledOut('pid-path-missing', 'the kernel said "no space left" (28), not that the folder is not there'),
        ruledOut('config-invalid', 'nginx read the configuration up to this file, and names the file'),
        ...(full ? [] : [notJudged('disk-full', seen.disk.known ? 'df shows room there' : seen.disk.reason)]),
      ],
      ...(!full && !stillStands(refusal, seen) && { atMost: 'possible' as const }),
      steps: [...(system ? stepsForRoom(system) : [`df -h ${path}; df -i ${path}`]), ...loadSteps(seen)],
    },
  ]
}
