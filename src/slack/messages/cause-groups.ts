import type { PlainTextElement, PlainTextOption } from '@slack/types'
import { type CauseId, causes } from '../../diagnosis/cause.ts'
import { inertLine } from '../escape.ts'

const groups = {
  backend: 'The backend',
  way: 'Between nginx and the backend',
  tls: 'Certificates and TLS',
  nginx: 'nginx and its configuration',
  host: 'The host',
  client: 'Clients and what they ask for',
} as const

/** Where a person would look for each cause in a list. */
const groupOf: Readonly<Record<CauseId, keyof typeof groups>> = {
  'backend-down': 'backend',
  'backend-wrong-port': 'backend',
  'listen-address-mismatch': 'backend',
  'upstream-address-stale': 'way',
  'socket-missing': 'backend',
  'socket-stale': 'backend',
  'socket-permission': 'way',
  'mac-denied': 'host',
  'backend-saturated': 'backend',
  'firewall-blocked': 'way',
  'host-unreachable': 'way',
  'port-exhaustion': 'way',
  'proxy-bind-invalid': 'way',
  'dns-failure': 'way',
  'proxy-loop': 'nginx',
  'no-live-upstreams': 'way',
  'backend-slow': 'backend',
  'backend-hung': 'backend',
  'timeout-too-low': 'nginx',
  'backend-crashed': 'backend',
  'backend-killed-by-timeout': 'backend',
  'backend-oom-killed': 'backend',
  'keepalive-race': 'way',
  'websocket-headers-missing': 'nginx',
  'response-header-too-big': 'way',
  'invalid-response': 'backend',
  'protocol-mismatch': 'way',
  'script-not-found': 'backend',
  'app-error': 'backend',
  'auth-request-failed': 'way',
  'configured-error': 'nginx',
  'backend-dependency-down': 'backend',
  'upstream-tls-sni': 'tls',
  'upstream-tls-verify': 'tls',
  'upstream-tls-protocol': 'tls',
  'worker-connections': 'nginx',
  'fd-limit': 'nginx',
  'disk-full': 'host',
  'disk-error': 'host',
  'limit-zone-full': 'nginx',
  'temp-path-permission': 'nginx',
  'host-overloaded': 'host',
  'conntrack-full': 'host',
  'nginx-worker-crash': 'nginx',
  'nginx-down': 'nginx',
  'config-invalid': 'nginx',
  'config-not-reloaded': 'nginx',
  'port-in-use': 'nginx',
  'bind-privilege': 'nginx',
  'cert-missing': 'tls',
  'cert-key-mismatch': 'tls',
  'cert-expired': 'tls',
  'module-incompatible': 'nginx',
  'pid-path-missing': 'nginx',
  'keepalive-ineffective': 'way',
  'proxy-pass-path': 'nginx',
  'client-body-too-large': 'client',
  'client-gave-up': 'client',
  'rate-limited': 'client',
  'redirect-cycle': 'client',
  'path-permission': 'client',
}

interface CauseGroup {
  readonly label: PlainTextElement
  readonly options: PlainTextOption[]
}

/** All causes for a select menu; Slack takes 100 groups of 100 options (docs.slack.dev, "Select menu element"). */
export function causeGroups(): CauseGroup[] {
  return Object.entries(groups).map(([group, label]) => ({
    label: { type: 'plain_text', text: label, emoji: false },
    options: causesIn(group).map((id) => option(causes[id].title, id)),
  }))
}

export function option(text: string, value: string): PlainTextOption {
  return { text: { type: 'plain_text', text: inertLine(text, 75), emoji: false }, value }
}

function causesIn(group: string): readonly CauseId[] {
  return Object.keys(causes)
    .filter(isCause)
    .filter((id) => groupOf[id] === group)
    .toSorted((one, other) => causes[one].title.localeCompare(causes[other].title))
}

export function isCause(id: string): id is CauseId {
  return Object.hasOwn(causes, id)
}
