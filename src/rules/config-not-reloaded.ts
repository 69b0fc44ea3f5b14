import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { clockAgo, instantAgo, inWords } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { accessListNotOnDisk } from './access-list-not-on-disk.ts'
import { bodyLimitNotOnDisk } from './body-limit-not-on-disk.ts'
import {
  type Changed,
  changedEvidence,
  changedFiles,
  configAlike,
  reloadFix,
  unitOfMaster,
} from './changed-since-load.ts'
import { lineText } from './config-line.ts'
import { handshakeNotOnDisk } from './handshake-not-on-disk.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt } from './listening.ts'
import { answerNotOnDisk, limitNotOnDisk } from './not-on-disk.ts'
import { scriptNotOnDisk } from './script-not-on-disk.ts'
import { siteNotLoaded } from './site-not-loaded.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config' | 'nginx-processes',
  | 'sockets'
  | 'nginx-unit'
  | 'unix-sockets'
  | 'events'
  | 'error-log'
  | 'backend-tls'
  | 'nginx-build'
  | 'served-paths'
  | 'live-requests'
  | 'access-log'
>

/**
 * Cause: the configuration on disk changed after the running master loaded it, and what changed explains the failure.
 * Tell-tale: a file, directory or link whose ctime is later than the start of the oldest live worker, and nginx does what is not on disk any
 * more: errors name another address, it gives up before the limit, refuses what the limit or the list lets pass, answers 503 by itself, names scripts that are
 * elsewhere, has no TLS handshake with what takes one as the disk has it, answers for a site as another server does; nginx -t passes.
 * Look-alikes: config-invalid (it would not load), backend-down (the address on disk does not listen either). A change that explains
 * nothing is latent: configuration management touches files in every run.
 */
export const configNotReloaded = defineRule({
  id: 'config-not-reloaded',
  needs: ['troubles', 'host', 'nginx-config', 'nginx-processes'],
  settles: [
    'sockets',
    'nginx-unit',
    'unix-sockets',
    'events',
    'error-log',
    'backend-tls',
    'nginx-build',
    'served-paths',
    'live-requests',
    'access-log',
  ],
  judge(seen) {
    const changed = changedFiles(seen)
    if (changed.length === 0) return []
    const explained = [
      ...bodyLimitNotOnDisk(changed, seen),
      ...accessListNotOnDisk(changed, seen),
      ...siteNotLoaded(changed, seen),
      ...seen.troubles.flatMap((trouble) => ofTrouble(trouble, changed, seen)),
    ]
    return explained.length > 0 ? explained : [latent(changed, seen)]
  },
})

function ofTrouble(trouble: Trouble, changed: readonly Changed[], seen: Seen): readonly Claim[] {
  return [
    ...explains(trouble, changed, seen),
    ...limitNotOnDisk(trouble, changed, seen),
    ...answerNotOnDisk(trouble, changed, seen),
    ...handshakeNotOnDisk(trouble, changed, seen),
    ...scriptNotOnDisk(trouble, changed, seen),
  ]
}

/** The address in the errors is gone from the disk, and the one that replaced it for the same site listens. */
function explains(trouble: Trouble, changed: readonly Changed[], seen: Seen): Claim[] {
  if (
    trouble.address === null ||
    trouble.endpoints.length > 0 ||
    trouble.believed === 'none' ||
    trouble.kind === 'no-live'
  )
    return []
  const now = endpointsOf(seen['nginx-config'].model).filter((endpoint) =>
    endpoint.usedBy.some((use) => use.serverNames.some((name) => trouble.sites.includes(name))),
  )
  const written = now.find((endpoint) => changed.some(({ stat }) => stat.path === endpoint.file)) ?? now[0]
  if (!written) return []
  const listens = listening(written, seen)
  return [claimOf(trouble, trouble.address, written, listens, changed, seen)]
}

/** elsewhere: on another machine, whose listeners nobody sees from here. */
type Listens = 'yes' | 'no' | 'unread' | 'elsewhere'

function listening(endpoint: Endpoint, { sockets, host, 'unix-sockets': unix }: Seen): Listens {
  if (endpoint.unix !== null) {
    if (!unix.known) return 'unread'
    return unix.value.listeners.some((each) => each.path === endpoint.unix) ? 'yes' : 'no'
  }
  if (!isLocal(endpoint.address, host.addresses)) return 'elsewhere'
  if (!sockets.known) return 'unread'
  return listenersAt(endpoint.address, sockets.value).length > 0 ? 'yes' : 'no'
}

function claimOf(
  trouble: Trouble,
  address: string,
  written: Endpoint,
  listens: Listens,
  changed: readonly Changed[],
  seen: Seen,
): Claim {
  const [first] = changed
  const unit = unitOfMaster(seen)
  return {
    summary: `nginx still connects to ${address}; the configuration on disk says ${written.address} since ${clockAgo(seen.host, first?.ago ?? 0)}, but was not reloaded`,
    ...(first && { since: instantAgo(seen.host, first.ago) }),
    subject: { upstream: address, file: written.file, line: written.line, ...(unit && { unit: unit.id }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], written.file, written.line)),
      ...(first ? [changedEvidence(first, seen)] : []),
    ],
    unlike: [configAlike(seen), backendAlike(written, listens)],
    ...((listens === 'no' || listens === 'unread') && { atMost: 'possible' as const }),
    ...reloadFix(seen),
  }
}

function backendAlike({ address }: Endpoint, listens: Listens): LookAlike {
  if (listens === 'yes') return ruledOut('backend-down', `the backend listens on ${address}`)
  const unknown = {
    no: `nothing listens on ${address} either`,
    unread: `whether anything listens on ${address} was not seen`,
    elsewhere: `${address} is another host`,
  }
  return notJudged('backend-down', unknown[listens])
}

function latent(changed: readonly Changed[], seen: Seen): Claim {
  const files = changed.filter(({ stat }) => stat.kind === 'file')
  const [first] = files.length > 0 ? files : changed
  return {
    kind: 'latent',
    summary: `${first?.stat.path ?? 'the configuration'} changed ${inWords(first?.ago ?? 0)} ago and nginx has not loaded it since`,
    subject: first ? { file: first.stat.path } : {},
    failingNow: false,
    impact: null,
    evidence: changed.slice(0, 5).map((each) => changedEvidence(each, seen)),
    unlike: [notJudged('config-invalid', 'what the running nginx has loaded cannot be read')],
    steps: ['see what changed; nginx -t && systemctl reload nginx when it is meant'],
  }
}
