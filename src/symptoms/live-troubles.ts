import type { Endpoint } from '../nginx/config-endpoints.ts'
import { GATEWAY_ERRORS, isMadeOf } from '../nginx/error-pages.ts'
import type { Facts } from '../probes/index.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { formatAddress, isLocal } from './address.ts'
import { endpointsBehind } from './endpoints-behind.ts'
import { directKind, isGatewayError } from './kind.ts'
import { trafficOf } from './traffic.ts'
import type { Trouble, TroubleKind } from './trouble.ts'

/** A site that fails live although no readable log says why: the backend behind it, and what a direct request says of it. */
export function liveTroubles(
  facts: Facts,
  endpoints: readonly Endpoint[],
  logged: readonly Trouble[],
): readonly Trouble[] {
  const live = facts['live-requests']
  if (!live.known) return []
  const told = new Set(logged.filter((trouble) => trouble.course === 'now').flatMap((trouble) => trouble.live))
  const seen = live.value.answers
    .filter((answer) => !told.has(answer))
    .flatMap((answer) => {
      const behind = endpointsBehind(answer, endpoints)
      const disguised = behind.filter((endpoint) => isDisguised(answer, endpoint, live.value.answers, facts))
      return (isGatewayError(answer) || isSilent(answer) ? behind : disguised).map((endpoint) =>
        liveTrouble(answer, endpoint, live.value.answers, facts),
      )
    })
    .filter(
      (trouble) =>
        !trouble.live.some(isSilent) ||
        trouble.kind === 'connect-timeout' ||
        trouble.kind === 'unreachable' ||
        (trouble.kind === 'answer-timeout' && isShownSilent(trouble, facts)),
    )
  return onceEach(seen)
}

/**
 * nginx itself gave no answer in our time: proxy_connect_timeout and proxy_read_timeout are a minute where nobody set them. A backend that
 * cannot be connected to explains it, or one that is seen to be silent.
 */
function isSilent(answer: LiveAnswer): boolean {
  return answer.way === 'nginx' && answer.status === null && answer.exitCode === 28
}

/** Asked without nginx it says nothing either, or every process of its unit is stopped (state T of proc(5)). */
function isShownSilent({ live, address }: Trouble, { 'backend-units': units }: Facts): boolean {
  if (live.some((each) => directKind(each) === 'answer-timeout')) return true
  if (!units.known || address === null) return false
  const { ties, processStates } = units.value
  const tied = ties
    .filter(({ endpoint }) => endpoint.endsWith(address))
    .map(({ unit }) => processStates.get(unit) ?? '')
  return tied.length > 0 && tied.every((states) => /^[Tt]+$/.test(states))
}

/** What an error_page makes of nginx's own 502 or 504: only when the backend, asked without nginx, is seen to fail as well. */
function isDisguised(answer: LiveAnswer, endpoint: Endpoint, answers: readonly LiveAnswer[], facts: Facts): boolean {
  const { status } = answer
  const made = endpoint.usedBy.some(({ pass }) => isMadeOf(status ?? 0, GATEWAY_ERRORS, pass.scope))
  if (answer.way !== 'nginx' || status === null || status < 500 || !made) return false
  const direct = answers.filter((each) => each.way !== 'nginx' && each.endpoint === endpoint.address)
  return direct.some((each) => directKind(each) !== null) || kindFromListeners(endpoint, facts) !== null
}

/** Two sites that fail for one backend are one trouble. */
function onceEach(troubles: readonly Trouble[]): readonly Trouble[] {
  const found = new Map<string, Trouble>()
  for (const trouble of troubles) {
    const key = `${trouble.kind} ${trouble.address}`
    const before = found.get(key)
    found.set(key, before === undefined ? trouble : joined(before, trouble))
  }
  return [...found.values()]
}

function joined(first: Trouble, second: Trouble): Trouble {
  return {
    ...first,
    endpoints: [...new Set([...first.endpoints, ...second.endpoints])],
    sites: [...new Set([...first.sites, ...second.sites])],
    live: [...new Set([...first.live, ...second.live])],
    failingShare: first.failingShare ?? second.failingShare,
  }
}

function liveTrouble(answer: LiveAnswer, endpoint: Endpoint, answers: readonly LiveAnswer[], facts: Facts): Trouble {
  const direct = answers.filter((each) => each.way !== 'nginx' && each.endpoint === endpoint.address)
  const told = direct.map(directKind).find((each) => each !== null)
  // Of a unix socket curl does not say which error it met.
  const kind =
    (endpoint.unix === null ? told : null) ??
    kindFromListeners(endpoint, facts) ??
    (endpoint.unix !== null && told === 'unreachable' ? null : told) ??
    (answer.status === 504 || isSilent(answer) ? 'answer-timeout' : 'gateway-error')
  return {
    kind: endpoint.unix !== null && kind === 'refused' ? 'socket-refused' : kind,
    address: dialled(endpoint, facts),
    endpoints: [endpoint],
    believed: 'live',
    upstream: endpoint.usedBy[0]?.upstream ?? null,
    sites: [answer.host],
    count: 0,
    recent: 0,
    firstAgo: null,
    lastAgo: null,
    groups: [],
    live: [answer, ...direct],
    course: 'now',
    courseBecause: `a request through nginx to ${answer.host}${answer.path} is answered ${answer.status ?? 'nothing'}`,
    intermittent: false,
    failingShare: trafficOf([answer.host], facts, null).failingShare,
  }
}

/** What nginx connects to: for a name, the one address that it has, by the name server that nginx itself asks where it asks while it runs. */
function dialled(endpoint: Endpoint, facts: Facts): string {
  const { 'name-resolution': names, 'resolver-answers': asked } = facts
  const byHost = names.known && endpoint.host !== null ? (names.value.names.get(endpoint.host) ?? []) : []
  const byResolver = asked.known
    ? asked.value.answers.filter((each) => each.name === endpoint.host).flatMap((each) => each.addresses)
    : []
  const [only, ...more] = new Set(endpoint.atRunTime ? byResolver : byHost)
  const one = only !== undefined && more.length === 0 && endpoint.port !== null
  return one ? formatAddress(only, endpoint.port) : endpoint.address
}

/** Without a direct request: nobody listens where nginx would connect. */
function kindFromListeners(endpoint: Endpoint, facts: Facts): TroubleKind | null {
  if (endpoint.unix !== null) {
    const listening = facts['unix-sockets']
    if (!listening.known || listening.value.listeners.some((listener) => listener.path === endpoint.unix)) return null
    const paths = facts['socket-paths']
    const path = paths.known ? paths.value.paths.find((each) => each.path === endpoint.unix) : undefined
    if (path?.missing) return 'socket-absent'
    return path?.components.at(-1)?.mode.startsWith('s') === true ? 'socket-refused' : null
  }
  if (!facts.sockets.known || !facts.host.known || !isLocal(dialled(endpoint, facts), facts.host.value.addresses))
    return null
  return facts.sockets.value.listeners.some((listener) => listener.port === endpoint.port) ? null : 'refused'
}
