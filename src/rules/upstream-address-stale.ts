import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Endpoint } from '../nginx/config-endpoints.ts'
import { inForce, type InForce } from '../nginx/config-scope.ts'
import { seconds } from '../nginx/time.ts'
import { formatAddress, hostOf, isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { inWords } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText } from './config-line.ts'
import { defineRule, impactOf, liveEvidence, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt } from './listening.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'name-resolution' | 'nginx-config',
  'sockets' | 'live-requests' | 'nginx-unit' | 'nginx-processes' | 'resolver-answers'
>

/**
 * Cause: the name of an upstream resolves to another address now than when nginx was started: nginx looks names up once; or, of a name
 * that it looks up while it runs, than when it last did, because `valid=` of its resolver keeps the answer for long.
 * Tell-tale: errors name an address that getent does not return any more for the configured name, and at the new address the backend
 * answers.
 * Look-alikes: backend-down and host-unreachable (the name has not moved; or nothing is at the new address either).
 */
export const upstreamAddressStale = defineRule({
  id: 'upstream-address-stale',
  needs: ['troubles', 'host', 'name-resolution', 'nginx-config'],
  settles: ['sockets', 'live-requests', 'nginx-unit', 'nginx-processes', 'resolver-answers'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.believed !== 'name-before' || address === null || trouble.kind === 'no-live') return []
  return trouble.endpoints.flatMap((endpoint) => {
    const addresses = seen['name-resolution'].names.get(endpoint.host ?? '') ?? []
    if (addresses.length === 0) return []
    const kept = endpoint.atRunTime ? keptAnswer(endpoint) : null
    // A name server of nginx's own that still has the old address is to be mended itself.
    if (endpoint.atRunTime && (kept === null || askedNow(endpoint, seen)?.includes(hostOf(address)) === true)) return []
    return [claimOf(trouble, address, endpoint, addresses, kept, seen)]
  })
}

/** What nginx's own name servers say by now; null where they were not asked. */
function askedNow(endpoint: Endpoint, { 'resolver-answers': asked }: Seen): readonly string[] | null {
  const answers = asked.known ? asked.value.answers.filter(({ name }) => name === endpoint.host) : []
  return answers.some(({ outcome }) => outcome === 'noerror') ? answers.flatMap(({ addresses }) => addresses) : null
}

/** From here on an answer is kept for longer than records usually live that are meant to move. */
const LONG_SECONDS = 60

/** A name that nginx looks up while it runs, and keeps for as long as `valid=` of its resolver says, whatever the record's own time. */
function keptAnswer({ usedBy }: Endpoint): InForce | null {
  const found = usedBy.map(({ pass }) => inForce(pass.scope, 'resolver')).find((each) => each !== null)
  const valid = found?.args.find((arg) => arg.startsWith('valid='))?.slice(6)
  return found && valid !== undefined && (seconds(valid) ?? 0) > LONG_SECONDS ? found : null
}

function claimOf(
  trouble: Trouble,
  address: string,
  endpoint: Endpoint,
  addresses: readonly string[],
  kept: InForce | null,
  seen: Seen,
): Claim {
  const name = endpoint.host ?? ''
  const now = addresses.map((each) => formatAddress(each, portOf(address)))
  const answers = whoAnswers(endpoint, now, seen)
  const failsToo = seen.troubles.some((other) => isOpen(other) && other.address !== null && now.includes(other.address))
  const unit = masterUnit(seen)
  const names = seen['name-resolution']
  const changedAgo =
    names.hostsChanged === null || names.hostsLines.length === 0 ? null : seen.host.epoch - names.hostsChanged
  return {
    summary: `nginx still connects to ${address}, the address that ${name} had ${kept === null ? 'when nginx was started' : 'when nginx looked it up'}; it is ${addresses.join(', ')} now`,
    subject: { upstream: address, file: endpoint.file, line: endpoint.line, ...(unit !== null && { unit }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('name-resolution', `getent ahosts ${name}`, addresses.join('\n')),
      ...(names.hostsLines.length > 0
        ? [
            seenBy(
              'name-resolution',
              `grep ${name} /etc/hosts`,
              `${names.hostsLines.join('\n')}${changedAgo === null ? '' : `\nchanged ${inWords(changedAgo)} ago`}`,
            ),
          ]
        : []),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], endpoint.file, endpoint.line)),
      ...(kept === null || kept.file === null
        ? []
        : [seenBy('nginx-config', 'nginx -T', `${kept.file}:${kept.line ?? 0}: resolver ${kept.value};`)]),
      ...answers.evidence,
    ],
    unlike: [
      answers.down,
      failsToo
        ? notJudged('host-unreachable', 'errors name the new address too')
        : ruledOut('host-unreachable', `${hostOf(address)} is not where ${name} is any more`),
    ],
    ...((failsToo || !answers.sure || (kept !== null && askedNow(endpoint, seen) === null)) && {
      atMost: 'possible' as const,
    }),
    steps: [
      'nginx -t && systemctl reload nginx   # looks the name up again',
      kept !== null
        ? `to keep it from happening again: a shorter valid= than that of "resolver ${kept.value}", or none: then the record's own time counts`
        : `to keep it from happening again: resolver and a variable in proxy_pass, or "server ${name}:${portOf(address)} resolve" with zone and resolver (nginx 1.27.3 and later)`,
    ],
    ...(unit !== null &&
      answers.sure &&
      !failsToo &&
      seen['nginx-config'].test.kind === 'passed' && { action: { id: 'reload-nginx' as const, target: unit } }),
  }
}

interface Answers {
  readonly sure: boolean
  readonly down: LookAlike
  readonly evidence: readonly ReturnType<typeof seenBy>[]
}

/** A reload helps when somebody serves at the new address: a direct request got an answer, or a process of this host listens there. */
function whoAnswers(endpoint: Endpoint, now: readonly string[], seen: Seen): Answers {
  const live = seen['live-requests']
  const direct = live.known
    ? live.value.answers.filter(
        (each) => each.way !== 'nginx' && (each.endpoint === endpoint.address || now.includes(each.endpoint)),
      )
    : []
  const good = direct.find((each) => each.status !== null || (each.way === 'connect' && each.exitCode === 0))
  if (good)
    return {
      sure: true,
      down: ruledOut('backend-down', `the backend answers at ${endpoint.address}`),
      evidence: [liveEvidence(good)],
    }
  const { sockets } = seen
  const listens =
    sockets.known &&
    now.some((each) => isLocal(each, seen.host.addresses) && listenersAt(each, sockets.value).length > 0)
  if (listens && direct.length === 0)
    return { sure: true, down: ruledOut('backend-down', `a process listens on ${now.join(', ')}`), evidence: [] }
  const because = direct[0]
    ? `a request straight to ${endpoint.address} fails as well`
    : live.known
      ? `${endpoint.address} was not asked directly`
      : live.reason
  return {
    sure: direct.length === 0 && !isLocal(now[0] ?? '', seen.host.addresses),
    down: notJudged('backend-down', because),
    evidence: direct.slice(0, 1).map(liveEvidence),
  }
}

function masterUnit(seen: Seen): string | null {
  const [units, processes] = [seen['nginx-unit'], seen['nginx-processes']]
  const master = processes.known ? processes.value.masters[0]?.pid : undefined
  return units.known && master !== undefined
    ? (units.value.units.find((unit) => unit.mainPid === master)?.id ?? null)
    : null
}
