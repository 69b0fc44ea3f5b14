import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { Listener } from '../probes/sockets.ts'
import { formatAddress, hostOf, isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText, replaceAddress } from './config-line.ts'
import { insideContainer } from './containers/inside.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt, listenerText, onPort, othersOnPort } from './listening.ts'
import { staleAlike } from './name-alike.ts'
import { rulesForPort } from './packet-filter.ts'
import { unitOfPid } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'sockets' | 'host' | 'nginx-config' | 'place',
  'firewall' | 'name-resolution' | 'backend-units' | 'containers'
>

/**
 * Cause: right port, wrong address. localhost becomes ::1 and the backend listens on IPv4 only (or the reverse), or the backend
 * binds loopback while nginx connects to another address of the same host.
 * Tell-tale: 111 for one address of this host, a listener on the same port at another one.
 * Look-alikes: backend-down (nothing listens on that port), firewall-blocked (a listener is there at that very address).
 */
export const listenAddressMismatch = defineRule({
  id: 'listen-address-mismatch',
  needs: ['troubles', 'sockets', 'host', 'nginx-config', 'place'],
  settles: ['firewall', 'name-resolution', 'backend-units', 'containers'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => [
      ...judgeTrouble(trouble, seen),
      ...insideContainer('listen-address-mismatch', trouble, seen),
    ]),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'refused' || address === null || address.startsWith('unix:')) return []
  // An address that the name has no longer is the business of upstream-address-stale.
  if (trouble.believed === 'none' || trouble.believed === 'name-before') return []
  if (!isLocal(address, seen.host.addresses) || listenersAt(address, seen.sockets).length > 0) return []
  const [listener] = othersOnPort(portOf(address), seen.sockets, seen['nginx-config'].model)
  return listener ? [claimOf(trouble, address, listener, seen)] : []
}

function claimOf(trouble: Trouble, address: string, listener: Listener, seen: Seen): Claim {
  const endpoint = trouble.endpoints[0]
  const answers = formatAddress(listener.address, listener.port)
  const filter = rulesForPort(portOf(address), seen.firewall)
  const stale = staleAlike(trouble, address, seen['name-resolution'])
  // The file of nginx is not on the machine of a backend, and what the configuration says is right there more often than not.
  const diff =
    endpoint && seen.place.of === 'nginx' && listener.device === undefined ? diffFor(endpoint, answers, seen) : null
  const hidden = trouble.intermittent ? '; nginx tries the next address, so some requests still succeed' : ''
  return {
    summary: `${endpoint?.host && endpoint.host !== hostOf(address) ? `${endpoint.host} is ${hostOf(address)}, so nginx` : 'nginx'} connects to ${address}, the backend listens on ${answers} ${listener.device === undefined ? '' : `of the device ${listener.device} `}only${hidden}`,
    subject: {
      upstream: address,
      ...unitOf(listener, seen),
      ...(endpoint && seen.place.of === 'nginx' && { file: endpoint.file, line: endpoint.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('sockets', 'ss -Htlnp', onPort(portOf(address), seen.sockets).map(listenerText).join('\n')),
      ...(endpoint
        ? [seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], endpoint.file, endpoint.line))]
        : []),
      ...nameEvidence(endpoint, seen),
    ],
    unlike: [
      ruledOut('backend-down', `${listenerText(listener)} listens on port ${listener.port}`),
      ruledOut('backend-wrong-port', `the port is right: ${listener.port}`),
      ...(stale.open ? [stale.alike] : []),
      filter.unknown !== null
        ? notJudged('firewall-blocked', filter.unknown)
        : ruledOut(
            'firewall-blocked',
            `nothing listens on ${address} itself, and no nat rule carries tcp/${listener.port} elsewhere`,
          ),
    ],
    ...(listener.device !== undefined && { atMost: 'likely' as const }),
    ...(stale.open && { atMost: 'possible' as const }),
    steps: stepsFor(address, listener, endpoint, seen),
    ...(diff !== null && { diff }),
  }
}

function stepsFor(address: string, listener: Listener, endpoint: Endpoint | undefined, seen: Seen): readonly string[] {
  const { place } = seen
  const answers = formatAddress(listener.address, listener.port)
  const where = endpoint ? `${endpoint.file}:${endpoint.line}` : 'the configuration of nginx'
  const load = 'nginx -t && systemctl reload nginx'
  if (listener.device !== undefined)
    return [
      `let ${unitOf(listener, seen).unit ?? 'the backend'} listen without the device (BindToDevice= of its socket unit), or make nginx connect to an address that is reached by ${listener.device} (${where})`,
      load,
    ]
  if (place.of === 'nginx')
    return [`write the address that listens: ${answers} (${where}), or let the backend listen on ${address} too`, load]
  const { unit } = unitOf(listener, seen)
  return [
    `let ${unit ?? 'the backend'} listen on ${address} instead of ${answers}, and restart it`,
    ...(isLocal(answers, []) ? [] : [`or write ${answers} on ${place.nginxHost} (${where}), and there: ${load}`]),
  ]
}

/** The unit that owns the listener, where its owner is seen. */
function unitOf(listener: Listener, seen: Seen): { readonly unit?: string } {
  const [owner] = listener.owners
  const found = owner && seen['backend-units'].known ? unitOfPid(owner.pid, seen['backend-units'].value) : null
  return found ? { unit: found.unit.id } : {}
}

function diffFor(endpoint: Endpoint, answers: string, seen: Seen): string | null {
  const from = endpoint.port === null ? (endpoint.host ?? '') : formatAddress(endpoint.host ?? '', endpoint.port)
  return replaceAddress(seen['nginx-config'], endpoint.file, endpoint.line, from, answers)
}

function nameEvidence(endpoint: Endpoint | undefined, seen: Seen): ReturnType<typeof seenBy>[] {
  const names = seen['name-resolution']
  const found = endpoint?.host && names.known ? names.value.names.get(endpoint.host) : undefined
  return found && endpoint?.host ? [seenBy('name-resolution', `getent ahosts ${endpoint.host}`, found.join('\n'))] : []
}
