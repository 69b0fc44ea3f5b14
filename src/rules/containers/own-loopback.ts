import type { Claim, View } from '../../diagnosis/rule.ts'
import { ruledOut } from '../../diagnosis/rule.ts'
import { type Endpoint, endpointsOf } from '../../nginx/config-endpoints.ts'
import type { ContainedLine, ContainedNginx } from '../../probes/contained-nginx.ts'
import type { Container, Containers } from '../../probes/containers.ts'
import { addressOf, formatAddress, hostOf, portOf } from '../../symptoms/address.ts'
import { troubleKindOf } from '../../symptoms/kind.ts'
import { defineRule, type Knowledge, seenBy } from '../knowledge.ts'
import { listenerText, othersOnPort } from '../listening.ts'
import { unitOfPid } from '../tied-units.ts'
import { containerName, containerWord } from './behind.ts'

type Seen = View<Knowledge, 'contained-nginx' | 'sockets', 'containers' | 'backend-units'>

interface Own {
  readonly nginx: ContainedNginx
  readonly container: Container
}

/**
 * Cause: nginx runs in a container and connects to 127.0.0.1, which is the container's own; the backend listens on the host's.
 * Tell-tale: 111 for a loopback address of its configuration, no listener there in the container's network, one on that port of the host.
 * Look-alike: backend-down, where nobody listens on the host either.
 */
export const containerLoopback = defineRule({
  id: 'listen-address-mismatch',
  needs: ['contained-nginx', 'sockets'],
  settles: ['containers', 'backend-units'],
  judge: (seen) => {
    const own = seen.containers.known ? ownOf(seen['contained-nginx'], seen.containers.value) : null
    if (own === null) return []
    return endpointsOf(own.nginx.model)
      .filter(({ address }) => isLoopback(address) && !listensInside(address, own.container))
      .flatMap((endpoint) => judgeEndpoint(endpoint, own, seen))
  },
})

function ownOf(nginx: ContainedNginx | null, { containers }: Containers): Own | null {
  const container = nginx?.container == null ? undefined : containers.find(({ id }) => nginx.container?.startsWith(id))
  const seen = container?.state === 'running' && container.inside !== null && !container.inside.sameNetwork
  return nginx && container && seen ? { nginx, container } : null
}

function isLoopback(address: string): boolean {
  return !address.startsWith('unix:') && (hostOf(address).startsWith('127.') || hostOf(address) === '::1')
}

function listensInside(address: string, { inside }: Container): boolean {
  return inside?.listeners.some(({ port }) => port === portOf(address)) !== false
}

function judgeEndpoint(endpoint: Endpoint, { nginx, container }: Own, seen: Seen): Claim[] {
  const { address } = endpoint
  const refused = (nginx.recent ?? []).filter((each) => isRefused(each, address))
  const newest = refused.at(-1)
  const holders = (seen.containers.known ? seen.containers.value.holders : []).filter(
    ({ container: id }) => container.id.startsWith(id) || id.startsWith(container.id),
  )
  const [listener] = othersOnPort(portOf(address), seen.sockets, null).filter(
    ({ owners }) => !owners.some(({ pid }) => holders.some((each) => each.pid === pid)),
  )
  if (!newest || !listener) return []
  const owner = listener.owners[0]
  const unit =
    owner && seen['backend-units'].known ? unitOfPid(owner.pid, seen['backend-units'].value)?.unit.id : undefined
  const answers = formatAddress(listener.address, listener.port)
  return [
    {
      summary: `nginx in ${containerName(container)} connects to ${address}, which is the container's own; the backend listens on ${answers} of the host`,
      subject: { upstream: address, ...(unit !== undefined && { unit }) },
      failingNow: true,
      impact: null,
      evidence: [
        seenBy('contained-nginx', `${container.engine ?? 'docker'} logs ${containerWord(container)}`, newest.text),
        seenBy(
          'contained-nginx',
          `cat ${endpoint.file}   # in the container`,
          `${endpoint.file}:${endpoint.line} names ${address}`,
        ),
        seenBy('containers', 'cat /proc/PID/net/tcp', `in the container nothing listens on port ${portOf(address)}`),
        seenBy('sockets', 'ss -Htlnp', listenerText(listener)),
      ],
      unlike: [
        ruledOut('backend-down', `${listenerText(listener)} listens on this host`),
        ruledOut('backend-wrong-port', `the port is right: ${listener.port}`),
        ruledOut('firewall-blocked', `nothing listens on ${address} in the container, so its own kernel refuses`),
      ],
      // Whether that listener is what this nginx is meant to reach is seen from the port alone.
      atMost: 'likely',
      steps: stepsFor(endpoint, container, listener.address),
    },
  ]
}

function isRefused({ line }: ContainedLine, address: string): boolean {
  if (troubleKindOf(line) !== 'refused' || line.upstream === null || !line.upstreamTrusted) return false
  const told = addressOf(line.upstream)
  return told !== null && 'address' in told && told.address === address
}

function stepsFor({ file, line, address }: Endpoint, container: Container, listens: string): readonly string[] {
  const loopback = listens.startsWith('127.') || listens === '::1'
  const port = portOf(address)
  return [
    ...(loopback
      ? [
          `let the backend listen on an address that the container reaches (its bridge, or 0.0.0.0 behind a firewall), not on ${listens} alone`,
        ]
      : []),
    `name the host as the container sees it instead of ${address} (${file}:${line} in the container): host.docker.internal:${port} (docker run --add-host host.docker.internal:host-gateway), host.containers.internal:${port} (podman), or run it with --network host`,
    `${container.engine ?? 'docker'} exec ${containerWord(container)} nginx -s reload`,
  ]
}
