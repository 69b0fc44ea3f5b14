import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Endpoint } from '../nginx/config-endpoints.ts'
import { isUp } from '../probes/unit-state.ts'
import { isOpen } from '../symptoms/course.ts'
import { clockAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText, replaceAddress } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { isTheSame, type OtherListener, otherListeners } from './other-listener.ts'
import { hiddenSocket } from './socket-hidden.ts'
import { type TiedUnit, tiedUnits } from './tied-units.ts'
import { reloadSteps, unreadPool } from './unread-pool.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'socket-paths' | 'backend-units' | 'nginx-config' | 'sockets',
  'unix-sockets' | 'nginx-unit' | 'recent-changes'
>

/**
 * Cause: the configured unix socket does not exist although the backend runs.
 * Tell-tale: crit (2) on unix:, and the path ends in a directory that can be entered and does not hold it. A pool whose file changed after
 * php-fpm read it last is to be read again.
 * Look-alikes: socket-permission (13 also hides a missing file), backend-down (the unit that makes it is stopped), a unit with
 * PrivateTmp, whose socket below /tmp nobody else sees; or nginx's own unit has such a view (socket-hidden.ts).
 */
export const socketMissing = defineRule({
  id: 'socket-missing',
  needs: ['troubles', 'host', 'socket-paths', 'backend-units', 'nginx-config', 'sockets'],
  settles: ['unix-sockets', 'nginx-unit', 'recent-changes'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const endpoint = trouble.endpoints[0]
  if (trouble.kind !== 'socket-absent' || !address?.startsWith('unix:') || !endpoint) return []
  const path = seen['socket-paths'].paths.find((each) => `unix:${each.path}` === address)
  if (path?.missing === null) return hiddenSocket(trouble, address.slice(5), seen)
  if (!path) return []
  const tied = tiedUnits(address, seen['backend-units'])
  if (tied.some(({ unit }) => !isUp(unit))) return []
  if (tied.length === 0 && listensOnTcp(endpoint, seen)) return []
  return [claimOf(trouble, address.slice(5), path.missing, endpoint, tied, seen)]
}

/** The backend of this very location listens on TCP: then the configuration names the wrong kind of address (backend-wrong-port). */
function listensOnTcp(endpoint: Endpoint, seen: Seen): boolean {
  return otherListeners(endpoint, seen).some((other) => isTheSame(other) && !other.address.startsWith('unix:'))
}

function claimOf(
  trouble: Trouble,
  path: string,
  missing: string,
  endpoint: Endpoint,
  tied: readonly TiedUnit[],
  seen: Seen,
): Claim {
  const owner = tied[0]
  const unread = owner ? unreadPool(owner, seen) : null
  const others = otherListeners(endpoint, seen).filter(
    (other) => other.address.startsWith('unix:') && other.because !== 'alone',
  )
  const same = others.filter(isTheSame)
  const other = owner === undefined && same.length === 1 ? same[0] : undefined
  // Runs, and may be of another site: it shows what the pool that is missed would belong to, and is no place to send this site to.
  const foreign = owner === undefined && same.length === 0 ? others[0] : undefined
  const isPrivate = /^\/(var\/)?tmp\//.test(path) && isListening(path, seen)
  const diff = other
    ? replaceAddress(seen['nginx-config'], endpoint.file, endpoint.line, `unix:${path}`, other.address)
    : null
  return {
    summary: unread
      ? `${path} does not exist yet: ${unread.file} names it since ${clockAgo(seen.host, unread.ago)}, and ${unread.unit} has not read that since`
      : summaryOf(path, missing, owner, other ?? foreign, isPrivate),
    subject: {
      upstream: `unix:${path}`,
      path: missing,
      ...(owner && { unit: owner.unit.id }),
      ...(other?.unit && { unit: other.unit.id }),
      file: endpoint.file,
      line: endpoint.line,
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('socket-paths', `namei -l ${path}`, `${missing}: No such file or directory`),
      ...(owner ? [seenBy('backend-units', `what names ${path}`, owner.tie.text)] : []),
      ...(unread?.evidence ?? []),
      ...others.map((each) => seenBy('unix-sockets', 'ss -Hxlp', each.text)),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], endpoint.file, endpoint.line)),
    ],
    unlike: [
      ruledOut('socket-permission', `every directory above ${missing} can be entered`),
      owner
        ? ruledOut('backend-down', `${owner.unit.id}, which names the path, runs`)
        : other
          ? ruledOut('backend-down', `${other.unit?.id ?? other.process} runs and listens on ${other.address.slice(5)}`)
          : notJudged('backend-down', `no unit or pool of this host names ${path}`),
      ruledOut('socket-stale', `${missing} does not exist`),
    ],
    ...(owner || other || foreign ? isPrivate && { atMost: 'likely' as const } : { atMost: 'possible' as const }),
    steps: unread
      ? [...reloadSteps(unread), `ls -l ${path}`]
      : stepsFor(path, endpoint, owner, other ?? foreign, isPrivate),
    ...(diff !== null && { diff }),
    ...(owner &&
      !isPrivate &&
      (owner.tie.kind === 'pool' || owner.tie.kind === 'exec') && {
        action: { id: unread ? ('reload-unit' as const) : ('restart-unit' as const), target: owner.unit.id },
      }),
  }
}

function isListening(path: string, seen: Seen): boolean {
  const unix = seen['unix-sockets']
  return unix.known && unix.value.listeners.some((listener) => listener.path === path)
}

function summaryOf(
  path: string,
  missing: string,
  owner: TiedUnit | undefined,
  other: OtherListener | undefined,
  isPrivate: boolean,
): string {
  const what = missing === path ? `${path} does not exist` : `${path} does not exist: ${missing} is missing`
  if (isPrivate) return `${what} for nginx; something listens on that path in a file system of its own (PrivateTmp)`
  if (owner) return `${what}, although ${owner.unit.id} runs and should have made it`
  if (other && isTheSame(other))
    return `${what}; ${other.unit?.id ?? other.process} listens on ${other.address.slice(5)}`
  if (other) return `${what}, and no pool is configured to make it, although ${other.unit?.id ?? other.process} runs`
  return `${what}, and nothing on this host is configured to make it`
}

function stepsFor(
  path: string,
  endpoint: Endpoint,
  owner: TiedUnit | undefined,
  other: OtherListener | undefined,
  isPrivate: boolean,
): readonly string[] {
  if (isPrivate)
    return [
      `put the socket outside of /tmp, for example below /run, in the backend and in ${endpoint.file}:${endpoint.line}`,
    ]
  if (owner) return [`systemctl restart ${owner.unit.id}`, `ls -l ${path}`]
  if (other && !isTheSame(other))
    return [
      `find the file of the pool that listened on ${path}: taken away, renamed so that it is not included, or not deployed; bring it back and restart ${other.unit?.id ?? other.process}`,
      `only if ${other.pool === null ? 'it' : `its pool ${other.pool}`}, on ${other.address.slice(5)}, is this site's too: connect to that (${endpoint.file}:${endpoint.line})`,
    ]
  if (other)
    return [
      `make nginx connect to ${other.address} (${endpoint.file}:${endpoint.line})`,
      'nginx -t && systemctl reload nginx',
    ]
  return [`find out which service is to make ${path}, or correct ${endpoint.file}:${endpoint.line}`]
}
