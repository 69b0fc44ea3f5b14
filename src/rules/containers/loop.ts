import type { Claim, LookAlike } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Container, Containers } from '../../probes/containers.ts'
import type { Host } from '../../probes/host.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { impactOf, troubleEvidence, troubleKey } from '../knowledge.ts'
import { type Behind, containerEvidence, containerName, containersBehind, containerWord } from './behind.ts'

interface Seen {
  readonly host: Host
  readonly containers: Fact<Containers>
}

/** An engine waits longer and longer between two starts, a minute at most (docker: container restart policy); one that runs for longer has come up. */
const FRESH_SECONDS = 70

/** 128 + 9: somebody, the kernel or a time limit killed it. */
const KILLED = 137

const kinds: readonly Trouble['kind'][] = ['refused', 'closed', 'unreachable', 'connect-timeout']

/** The container behind the address ends with an error and is started again, over and over. */
export function restartingContainer(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (
    !kinds.includes(trouble.kind) ||
    address === null ||
    !['configuration', 'name', 'socket', 'live'].includes(trouble.believed)
  )
    return []
  const behind = containersBehind(address, seen.containers, seen.host.addresses)
  const [only, ...more] = behind.filter(({ container }) => isLooping(container, seen.host))
  return only && more.length === 0 ? [claimOf(trouble, address, only, seen)] : []
}

function isLooping({ state, restarts, startedAt, exitCode }: Container, host: Host): boolean {
  if (exitCode === 0) return false
  if (state === 'restarting') return true
  const fresh = startedAt !== null && host.epoch - startedAt < FRESH_SECONDS
  return restarts !== null && restarts >= 2 && fresh && (state === 'running' || state === 'exited')
}

function claimOf(trouble: Trouble, address: string, looping: Behind, seen: Seen): Claim {
  const { container } = looping
  const { exitCode, restarts, engine, unit } = container
  const place = trouble.endpoints[0]
  const code = exitCode === null ? 'with an error' : `with exit code ${exitCode}`
  return {
    summary: `${containerName(container)} behind ${address} ends ${code} and is started again${restarts === null ? '' : `, ${restarts} times so far`}`,
    subject: {
      upstream: address,
      ...(unit !== null && { unit }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: ['backend-down', 'listen-address-mismatch', 'backend-wrong-port', 'host-unreachable'],
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...containerEvidence(looping, address)],
    unlike: [...killAlikes(container), ruledOut('keepalive-race', 'the container did end in that time')],
    steps: [
      `${engine ?? 'podman'} logs --tail 50 ${containerWord(container)}   # what it says before it ends`,
      `${engine ?? 'podman'} inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}} {{.RestartCount}}' ${containerWord(container)}`,
    ],
  }
}

function killAlikes({ exitCode, oomKilled }: Container): readonly LookAlike[] {
  if (exitCode !== null && exitCode !== KILLED && oomKilled !== true) {
    const because = `it ended with exit code ${exitCode}; what is killed has ${KILLED}`
    return [ruledOut('backend-killed-by-timeout', because), ruledOut('backend-oom-killed', because)]
  }
  const because = oomKilled === true ? 'the engine says: OOMKilled' : `its exit code is ${exitCode ?? 'not known'}`
  return [notJudged('backend-killed-by-timeout', because), notJudged('backend-oom-killed', because)]
}
