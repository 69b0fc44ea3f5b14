import type { Rule } from '../diagnosis/rule.ts'
import { appError } from './app-error.ts'
import { backendCrashed } from './backend-crashed.ts'
import { backendHung } from './backend-hung.ts'
import { backendKilledByTimeout } from './backend-killed-by-timeout.ts'
import { backendOomKilled } from './backend-oom-killed.ts'
import { backendSaturated } from './backend-saturated.ts'
import { configuredError } from './configured-error.ts'
import { keepaliveRace } from './keepalive-race.ts'
import { scriptNotFound } from './script-not-found.ts'
import { backendDependencyDown } from './backend-dependency-down.ts'
import { clientBodyTooLarge } from './client-body-too-large.ts'
import { clientGaveUp } from './client-gave-up.ts'
import { limitZoneFull } from './limit-zone-full.ts'
import { rateLimited } from './rate-limited.ts'
import { redirectCycle } from './redirect-cycle.ts'
import { pathPermission } from './path-permission.ts'
import { backendDown } from './backend-down.ts'
import { backendSlow } from './backend-slow.ts'
import { backendWrongPort } from './backend-wrong-port.ts'
import { bindPrivilege } from './bind-privilege.ts'
import { certExpired } from './cert-expired.ts'
import { certKeyMismatch } from './cert-key-mismatch.ts'
import { certMissing } from './cert-missing.ts'
import { configInvalid } from './config-invalid.ts'
import { configNotReloaded } from './config-not-reloaded.ts'
import { dnsFailure } from './dns-failure.ts'
import { firewallBlocked } from './firewall-blocked.ts'
import type { Knowledge } from './knowledge.ts'
import { hostUnreachable } from './host-unreachable.ts'
import { containerLoopback } from './containers/own-loopback.ts'
import { listenAddressMismatch } from './listen-address-mismatch.ts'
import { macDenied } from './mac-denied.ts'
import { moduleIncompatible } from './module-incompatible.ts'
import { nginxDown } from './nginx-down.ts'
import { noLiveUpstreams } from './no-live-upstreams.ts'
import { pidPathMissing } from './pid-path-missing.ts'
import { portExhaustion } from './port-exhaustion.ts'
import { portInUse } from './port-in-use.ts'
import { proxyBindInvalid } from './proxy-bind-invalid.ts'
import { proxyLoop } from './proxy-loop.ts'
import { socketMissing } from './socket-missing.ts'
import { socketPermission } from './socket-permission.ts'
import { socketStale } from './socket-stale.ts'
import { timeoutTooLow } from './timeout-too-low.ts'
import { upstreamAddressStale } from './upstream-address-stale.ts'
import { authRequestFailed } from './auth-request-failed.ts'
import { invalidResponse } from './invalid-response.ts'
import { keepaliveIneffective } from './keepalive-ineffective.ts'
import { protocolMismatch } from './protocol-mismatch.ts'
import { proxyPassPath } from './proxy-pass-path.ts'
import { responseHeaderTooBig } from './response-header-too-big.ts'
import { upstreamTlsProtocol } from './upstream-tls-protocol.ts'
import { upstreamTlsSni } from './upstream-tls-sni.ts'
import { upstreamTlsVerify } from './upstream-tls-verify.ts'
import { conntrackFull } from './conntrack-full.ts'
import { diskError } from './disk-error.ts'
import { diskFull } from './disk-full.ts'
import { fdLimit } from './fd-limit.ts'
import { hostOverloaded } from './host-overloaded.ts'
import { nginxWorkerCrash } from './nginx-worker-crash.ts'
import { tempPathPermission } from './temp-path-permission.ts'
import { websocketHeadersMissing } from './websocket-headers-missing.ts'
import { workerConnections } from './worker-connections.ts'
/** Every rule. The order decides nothing: findings are ranked by what they say. */
export const rules: readonly Rule<Knowledge>[] = [
  backendDown,
  backendWrongPort,
  containerLoopback,
  listenAddressMismatch,
  socketMissing,
  socketPermission,
  firewallBlocked,
  portExhaustion,
  dnsFailure,
  hostUnreachable,
  macDenied,
  proxyBindInvalid,
  proxyLoop,
  socketStale,
  upstreamAddressStale,
  noLiveUpstreams,
  configuredError,
  appError,
  pathPermission,
  redirectCycle,
  limitZoneFull,
  rateLimited,
  clientGaveUp,
  clientBodyTooLarge,
  backendDependencyDown,
  scriptNotFound,
  backendSlow,
  backendSaturated,
  backendHung,
  timeoutTooLow,
  websocketHeadersMissing,
  keepaliveRace,
  backendOomKilled,
  backendKilledByTimeout,
  backendCrashed,
  nginxDown,
  // Of two as sure and as grave the first is told first: visitors meet this one, and a refused reload only through it.
  certExpired,
  configInvalid,
  configNotReloaded,
  portInUse,
  bindPrivilege,
  certMissing,
  certKeyMismatch,
  moduleIncompatible,
  pidPathMissing,
  authRequestFailed,
  invalidResponse,
  keepaliveIneffective,
  protocolMismatch,
  proxyPassPath,
  responseHeaderTooBig,
  upstreamTlsProtocol,
  upstreamTlsSni,
  upstreamTlsVerify,
  conntrackFull,
  diskError,
  diskFull,
  fdLimit,
  hostOverloaded,
  nginxWorkerCrash,
  tempPathPermission,
  workerConnections,
]
