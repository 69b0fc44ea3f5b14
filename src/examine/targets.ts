import { bindings } from '../nginx/config-bindings.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import { allInForce } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import type { Facts } from '../probes/index.ts'
import { backendAnswer } from '../probes/backend-answer.ts'
import { backendTls } from '../probes/backend-tls.ts'
import { backendUnits } from '../probes/backend-units.ts'
import { containedNginx } from '../probes/contained-nginx.ts'
import { configOwners } from '../probes/config-owners.ts'
import { liveRequests } from '../probes/live-requests.ts'
import { pathMapping } from '../probes/path-mapping.ts'
import { nameResolution } from '../probes/name-resolution.ts'
import { busyProcesses } from '../probes/busy-processes.ts'
import { largestPaths } from '../probes/largest-paths.ts'
import { nginxBinaries } from '../probes/nginx-binaries.ts'
import { processLimits } from '../probes/process-limits.ts'
import type { Question } from '../probes/probe.ts'
import { resolverAnswers } from '../probes/resolver-answers.ts'
import { routes } from '../probes/routes.ts'
import { idleServices } from '../probes/idle-services.ts'
import { servedCertificates } from '../probes/served-certificates.ts'
import { servedPaths } from '../probes/served-paths.ts'
import { socketPaths } from '../probes/socket-paths.ts'
import { startFiles } from '../probes/start-files.ts'
import { hostOf, isLocal } from '../symptoms/address.ts'
import { seeTroubles } from '../symptoms/see.ts'
import { answerAsks, tlsAsks } from './answer-asks.ts'
import { type LiveWish, liveAsks } from './live-asks.ts'
import { pathAsks } from './path-asks.ts'
import { connectHost, isPlainAddress, isPlainName } from './plain.ts'
import { binaryAsks, fullMounts, limitedPids, sampleSeconds } from './resource-asks.ts'
import { configPaths, startPaths } from './start-paths.ts'
import { namesAtStart, resolverQuestions } from './resolver-questions.ts'
import { servedPathQuestions } from './served-path-questions.ts'

/** Most addresses that round two asks about; those in trouble come first. */
const MOST_ADDRESSES = 12

/** Round two: the questions that round one's answers call for. Values that a log line alone gave are not asked about. Pure. */
export function targetedQuestions(facts: Facts, wish: LiveWish): readonly Question[] {
  const config = facts['nginx-config']
  const endpoints = config.known ? endpointsOf(config.value.model) : []
  const troubled = [
    ...new Set(
      seeTroubles(facts)
        .filter((trouble) => trouble.believed !== 'none')
        .flatMap((trouble) => trouble.address ?? []),
    ),
  ]
  const addresses = [...new Set([...troubled, ...endpoints.map((endpoint) => endpoint.address)])]
    .filter(isPlainAddress)
    .slice(0, MOST_ADDRESSES)

  return [
    // Where nginx runs in a container nothing else tells of it.
    ask(containedNginx, containedMaster(facts)),
    // Who takes the CPUs is what the rest waits for: on a host where all of it is late, this alone explains it.
    ask(busyProcesses, sampleSeconds(facts, seeTroubles(facts))),
    ask(backendUnits, [...addresses.map(asEndpoint), ...listenerPids(facts, endpoints)]),
    // Before the live requests, which may take all of the time that is left.
    ask(socketPaths, unixPaths(facts, addresses)),
    ask(startFiles, startPaths(facts)),
    ask(servedPaths, config.known ? servedPathQuestions(config.value.model, workerUser(facts)) : []),
    ask(processLimits, limitedPids(facts, endpoints)),
    ask(backendAnswer, wish.allowed ? answerAsks(facts, seeTroubles(facts), wish.healthPath) : []),
    ask(backendTls, wish.allowed ? tlsAsks(seeTroubles(facts), facts) : []),
    ask(nginxBinaries, binaryAsks(facts)),
    ask(configOwners, configPaths(facts)),
    ask(liveRequests, wish.allowed ? liveAsks(facts, endpoints, wish) : []),
    ask(nameResolution, [...new Set([...names(endpoints), ...namesAtStart(facts)])].slice(0, 12)),
    ask(resolverAnswers, resolverQuestions(facts, endpoints)),
    ask(routes, remoteHosts(facts, addresses)),
    ask(servedCertificates, tlsListeners(config.known ? config.value.model.servers : [])),
    ask(idleServices, endpoints.length > 0 ? ['all'] : []),
    ask(largestPaths, fullMounts(facts)),
    ask(pathMapping, wish.allowed ? pathAsks(facts) : []),
  ].flatMap((question) => (question.args.length > 0 ? [question] : []))
}

/** One nginx of a container; the others are named. */
function containedMaster({ 'nginx-processes': processes }: Facts): readonly string[] {
  if (!processes.known) return []
  const { contained, inPods } = processes.value
  return contained
    .filter((pid) => !inPods.includes(pid))
    .slice(0, 1)
    .map(String)
}

function ask(probe: Question['probe'], args: readonly string[]): Question {
  return { probe, args }
}

function asEndpoint(address: string): string {
  return address.startsWith('unix:') ? address : `tcp:${address}`
}

/** Those that listen on nearly every host, and are no backends. */
const notBackends = /^(nginx|sshd|systemd$|systemd-(?!socket)|dbus|ssh|init)/

/** Processes that listen where nginx is not told to connect, and those that listen where it is: whose are they? */
export function listenerPids(facts: Facts, endpoints: readonly Endpoint[]): readonly string[] {
  const { sockets, 'unix-sockets': unix } = facts
  const tcp = sockets.known ? sockets.value.listeners : []
  const paths = unix.known ? unix.value.listeners : []
  const used = new Set(endpoints.map((endpoint) => endpoint.port ?? endpoint.unix))
  // Whoever holds a port of nginx's own is asked for, sshd as well.
  const config = facts['nginx-config']
  const wanted = new Set(config.known ? bindings(config.value.model).map(({ port }) => port) : [])
  const owners = [
    ...tcp.map((each) => ({ key: each.port, owners: each.owners })),
    ...paths.map((each) => ({ key: each.path, owners: each.owners })),
  ]
    // A socket unit's listener is held by pid 1 and by the process that it was given to.
    .map(({ key, owners: each }) => ({ key, owners: each.filter(({ pid }) => pid !== 1) }))
    .filter(
      ({ key, owners: [first] }) =>
        first !== undefined && !(typeof key === 'number' && wanted.has(key) ? /^nginx/ : notBackends).test(first.name),
    )
    .toSorted((a, b) => Number(used.has(b.key)) - Number(used.has(a.key)))
  return [...new Set(owners.map(({ owners: each }) => `pid:${each[0]?.pid ?? 0}`))].slice(0, 16)
}

function names(endpoints: readonly Endpoint[]): readonly string[] {
  const hosts = endpoints.flatMap((endpoint) =>
    endpoint.host !== null && !/^[\d.]+$|:/.test(endpoint.host) ? [endpoint.host] : [],
  )
  return [...new Set(hosts)].filter((name) => /^[A-Za-z0-9_.-]{1,253}$/.test(name)).slice(0, 10)
}

function unixPaths(facts: Facts, addresses: readonly string[]): readonly string[] {
  const paths = addresses.filter((address) => address.startsWith('unix:')).map((address) => address.slice(5))
  if (paths.length === 0) return []
  return [workerUser(facts) ?? 'nobody', ...paths.slice(0, 8)]
}

/** The user that the workers really run as; else the one of the configuration on disk. */
export function workerUser(facts: Facts): string | null {
  const running = facts['nginx-processes'].known ? facts['nginx-processes'].value.oldestWorker?.user : undefined
  const user = running ?? (facts['nginx-config'].known ? facts['nginx-config'].value.model.user : undefined)
  return user !== undefined && /^[a-z_][a-z0-9_-]{0,31}$/i.test(user) ? user : null
}

function remoteHosts(facts: Facts, addresses: readonly string[]): readonly string[] {
  const own = facts.host.known ? facts.host.value.addresses : []
  const hosts = addresses.filter((address) => !isLocal(address, own)).map(hostOf)
  return [...new Set(hosts)]
    .filter((host) => /^[0-9a-fA-F.:]+$|^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/.test(host))
    .slice(0, 6)
}

/** A handshake with each name; where a server has several certificates, one for each kind of key besides. */
function tlsListeners(servers: readonly Server[]): readonly string[] {
  const asks = servers.flatMap((server) =>
    server.listens
      .filter((listen) => listen.ssl && !listen.proxyProtocol && listen.port !== null)
      .map((listen) => ({
        ask: `${connectHost(listen.host)}:${listen.port ?? 443}|${server.names.find(isPlainName) ?? 'localhost'}`,
        several: allInForce(server.scope, 'ssl_certificate').length > 1,
      })),
  )
  const usual = [...new Set(asks.map(({ ask: each }) => each))].slice(0, 10)
  const kinds = asks.flatMap(({ ask: each, several }) => (several ? [`${each}|rsa`, `${each}|ecdsa`] : []))
  return [...usual, ...[...new Set(kinds)].slice(0, 6)]
}
