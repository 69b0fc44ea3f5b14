import type { Fact } from '../diagnosis/fact.ts'
import { accessLog } from './access-log.ts'
import { backendAnswer } from './backend-answer.ts'
import { backendTls } from './backend-tls.ts'
import { backendUnits } from './backend-units.ts'
import { backendWatch } from './backend-watch.ts'
import { busyProcesses } from './busy-processes.ts'
import { configOwners } from './config-owners.ts'
import { containedNginx } from './contained-nginx.ts'
import { containers } from './containers.ts'
import { disk } from './disk.ts'
import { errorLog } from './error-log.ts'
import { firewall } from './firewall.ts'
import { host } from './host.ts'
import { idleServices } from './idle-services.ts'
import { kernelLimits } from './kernel-limits.ts'
import { kernelLog } from './kernel-log.ts'
import { largestPaths } from './largest-paths.ts'
import { liveRequests } from './live-requests.ts'
import { mac } from './mac.ts'
import { nameResolution } from './name-resolution.ts'
import { nginxBinaries } from './nginx-binaries.ts'
import { nginxBuild } from './nginx-build.ts'
import { nginxConfig } from './nginx-config.ts'
import { nginxPaths } from './nginx-paths.ts'
import { nginxProcesses } from './nginx-processes.ts'
import { nginxUnit } from './nginx-unit.ts'
import { pathMapping } from './path-mapping.ts'
import type { Probe } from './probe.ts'
import { processLimits } from './process-limits.ts'
import { pressure } from './pressure.ts'
import { recentChanges } from './recent-changes.ts'
import { resolverAnswers } from './resolver-answers.ts'
import { routes } from './routes.ts'
import { servedCertificates } from './served-certificates.ts'
import { servedPaths } from './served-paths.ts'
import { socketPaths } from './socket-paths.ts'
import { sockets } from './sockets.ts'
import { startFiles } from './start-files.ts'
import { unixSockets } from './unix-sockets.ts'

/** Round one: asked of every host. The cheap and telling ones come first, so that a slow one cannot hold them up. */
export const generalProbes = [
  host,
  pressure,
  nginxProcesses,
  nginxUnit,
  errorLog,
  nginxConfig,
  sockets,
  unixSockets,
  accessLog,
  kernelLimits,
  kernelLog,
  disk,
  nginxBuild,
  firewall,
  nginxPaths,
  mac,
  containers,
  recentChanges,
] as const

/** Round two: asked about what round one found. */
export const targetedProbes = [
  backendUnits,
  liveRequests,
  nameResolution,
  resolverAnswers,
  socketPaths,
  routes,
  servedCertificates,
  startFiles,
  configOwners,
  servedPaths,
  idleServices,
  backendAnswer,
  backendTls,
  busyProcesses,
  processLimits,
  largestPaths,
  nginxBinaries,
  pathMapping,
  backendWatch,
  containedNginx,
] as const

/**
 * What is asked of the machine of a backend: it need not run nginx. These facts are judged in place of the nginx host's own. On a host that
 * is out of breath only the first ones are answered.
 */
export const machineProbes = [
  host,
  pressure,
  sockets,
  kernelLimits,
  kernelLog,
  disk,
  unixSockets,
  firewall,
  mac,
  containers,
] as const

/** What is asked of it next, about what the answers showed. */
export const machineTargetedProbes = [
  backendUnits,
  idleServices,
  busyProcesses,
  processLimits,
  largestPaths,
  backendWatch,
] as const

/** Of the general ones those that are about one nginx: asked again of each other master on the host, with `master:PID` as their last parameter. */
export const masterProbes = [nginxProcesses, errorLog, nginxConfig, accessLog, nginxBuild, nginxPaths] as const

export const probes = [...generalProbes, ...targetedProbes] as const

type Registered = (typeof probes)[number]
export type ProbeId = Registered['id']
type ValueOf<P> = P extends Probe<string, infer V> ? V : never

/** What is known of one host, by probe. */
export type Facts = { readonly [P in Registered as P['id']]: Fact<ValueOf<P>> }
