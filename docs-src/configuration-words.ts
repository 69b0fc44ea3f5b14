import type { environmentSchema } from '../src/config.ts'
import type { fileSchema } from '../src/config-file.ts'
import type { SourceEntry } from '../src/alerts/sources-config.ts'
import type { SlackAlertEntry } from '../src/alerts/slack-config.ts'
import type { SweepEntry } from '../src/looks/sweeps/sweeps-config.ts'
import type { actKeys, hostKeys } from '../src/host/inventory-schema.ts'

/** One sentence for each key; a key that is new or gone is a type error here. */

export const environmentWords = {
  ROLE: 'Which half runs: `bot` talks to Slack, `worker` to hosts, `all` is both in one process.',
  REDIS_URL: 'The Redis that bot and worker share. It must not evict (`maxmemory-policy noeviction`).',
  LOG_LEVEL: 'How much is logged, as JSON lines on standard output.',
  GATEMEDIC_CONFIG: 'Path of gatemedic.yml.',
  GATEMEDIC_HEALTH_PORT:
    'Answers `GET /health` on this port when set, which tells whether Redis answers, and `GET /metrics` for Prometheus.',
  GATEMEDIC_ALERT_SECRET:
    'Signs alerts of the source `generic` at `/alerts/generic`, at least 32 characters; other sources have variables or files of their own (docs/alerts.md).',
  SLACK_BOT_TOKEN: 'Bot token, begins with `xoxb-`. The bot only: a worker refuses to start with it.',
  SLACK_APP_TOKEN: 'App-level token, begins with `xapp-`: Socket Mode. The bot only.',
  SLACK_SIGNING_SECRET: 'Without an app-level token: HTTP. The bot only.',
  SLACK_HTTP_PORT: 'Where Slack delivers over HTTP, path `/slack/events`.',
  SLACK_HTTP_LISTEN: 'Address to listen on for it; every address when not set.',
  SLACK_API_URL: 'Another Web API than that of Slack; the demo uses it.',
} as const satisfies Record<keyof typeof environmentSchema.shape, string>

type FileKey =
  | Exclude<keyof typeof fileSchema.shape, 'channels' | 'alerts'>
  | `channels.${'default' | 'hosts' | 'groups'}`
  | `alerts.${'port' | 'listenOn' | 'sources' | 'slack' | 'slackWaitSeconds' | 'windowMinutes' | 'digestAbove'}`

export const fileWords = {
  inventory: 'The hosts, from the folder of this file.',
  approvers: 'Slack user ids that may approve actions. Empty: nobody. Where that is too little: `policy`.',
  policy:
    'The policy file (docs/policy.md), from the folder of this file; instead of `approvers`. Read again on SIGHUP, as the inventory is.',
  allowedChannels: 'Channel ids in which people may ask; everywhere when not set.',
  sharedChannels:
    'What a channel gets that is shared with another organisation: `summary` (host, cause, verdict and time; no evidence, no buttons) or `whole`.',
  'channels.default': 'Channel id of threads that alerts start, when nothing below names another.',
  'channels.hosts': 'Channel id by host name.',
  'channels.groups': 'Channel id by group.',
  budgetSeconds: 'Until the verdict, whatever hangs.',
  proposalMinutes: 'How long a button is good.',
  historyDays:
    'Days that diagnoses, actions and what came of them are remembered, at most 1000 entries for each host. The same for bot and worker.',
  answerHours:
    'How long the redacted answers of a host are kept for `gatemedic stats export`. The same for bot and worker.',
  wrongAnswerDays: 'How long they are kept where somebody said that the diagnosis was wrong.',
  answerMegabytes: 'Most room in Redis for the former; the oldest go first. Usually 10 to 20 kB for each diagnosis.',
  fleetHosts: 'Hosts that may be asked for at once: a group, or a site that many serve.',
  lookEverySeconds: 'Pause between two looks of `/nginx watch`.',
  sweeps:
    'Groups that are looked at by the clock, each with the keys below; what is about to fail comes as one message.',
  maskClients:
    'Whether addresses of clients in what leaves worker or command line are `client-1`, `client-2` instead; in answers that are kept and in snapshots other addresses (240.0.0.1, 2001:db8::1).',
  diagnosesAtOnce:
    'Hosts that one worker looks at at the same time. Those of fleets, watches and sweeps leave one place to whoever asks for one host alone.',
  actionsAtOnce:
    'Hosts that one approval for several hosts acts on side by side; restarts go one by one whatever stands here.',
  keysDir:
    'Folder of the signing keys (`gatemedic keys init`), from the folder of this file; the bot needs its subfolder bot, a worker its subfolder worker.',
  secondFactorFile:
    'Secrets of second factors (`gatemedic second-factor enroll`), from the folder of this file; only the user of the bot may read it.',
  auditDir:
    'Folder of the audit files, from the folder of this file; bot and worker each write files of their own there (`gatemedic audit`).',
  'alerts.port': 'The bot takes `POST /alerts/<source>` here; no intake without it.',
  'alerts.listenOn': 'Address to listen on for it.',
  'alerts.sources': 'Who may send, by the name that ends its address; the keys are below. Secrets never stand here.',
  'alerts.slack':
    'Channels in which the messages of chosen bots are alerts, each with the keys below; the bot must be a member (docs/alerts.md).',
  'alerts.slackWaitSeconds':
    'So long an alert by webhook waits for its message in Slack, where its channel is one of `alerts.slack`: the answer gets into the thread of the message.',
  'alerts.windowMinutes':
    'Further alerts of a host join its thread for so many minutes, and while the first last (six times that at most), and start no diagnosis.',
  'alerts.digestAbove':
    'More hosts than this that newly alert in a channel within a minute are diagnosed together, in one thread.',
} as const satisfies Record<FileKey, string>

export const sourceWords = {
  type: 'Whose format it is.',
  auth: 'How it proves who it is: a token or password in the Authorization header, or a signature. The first that its type can: `hmac` for grafana, pagerduty and generic, else `bearer`.',
  user: 'The user of `auth: basic`; `gatemedic` when not set.',
  secretVariable: 'The environment variable with its secret; `GATEMEDIC_ALERT_SECRET_<NAME>` when not set.',
  secretFile:
    'A file with its secret instead, from the folder of this file, that nobody else may read; a second line holds the next one while it is exchanged.',
  perMinute: 'Requests a minute; one of Alertmanager carries a whole group.',
  channel: 'Channel id of the threads of its alerts, before those of hosts and groups.',
  map: 'Rules from labels to hosts, before the usual labels: `{ label, regex, host }` or `{ label, regex, site }` (docs/alerts.md).',
} as const satisfies Record<keyof SourceEntry, string>

export const slackAlertWords = {
  channel: 'Channel id.',
  bots: 'Ids of bots (B...) or of their apps (A...) whose messages there are alerts. Nobody else starts anything by a message.',
  mostHosts: 'A message that names more hosts than this is a list and starts nothing.',
  map: 'Rules from labels in the message to hosts, as for a source, before everything else.',
} as const satisfies Record<keyof SlackAlertEntry, string>

export const sweepWords = {
  group: 'A group of the inventory, or `all`.',
  at: '`Mon 08:00`, `08:00` (every day), or a cron pattern of five fields. A run that was missed is made once when the bot is back.',
  timezone: 'The zone that `at` is meant in, such as `Europe/Berlin`.',
  channel: 'Channel id of its message; the bot must be a member.',
} as const satisfies Record<keyof SweepEntry, string>

type HostKey = Exclude<(typeof hostKeys)[number], 'act'> | `act.${(typeof actKeys)[number]}`

export const hostWords = {
  address: 'Where to connect: address or name.',
  addresses: 'Further addresses it has: an upstream at one of them is this host.',
  sites: 'Sites it serves, so that they can be asked for by name.',
  port: 'Port of its SSH server.',
  user: 'Who logs in to look.',
  identityFile: 'Private key without a passphrase; absolute or with `~/`.',
  agent: 'Says that the SSH agent of `SSH_AUTH_SOCK` holds the key; without identityFile it is asked anyway.',
  hostKey: 'The pinned host key, `ssh-ed25519 AAAA...`; this or knownHosts.',
  knownHosts: 'A known_hosts file that pins it; `~/.ssh/known_hosts` when neither is there.',
  via: 'Jump host, itself a host of the inventory.',
  groups: 'Groups, for `group:edge` and for channels of alerts.',
  labels: 'Free text by key; rules of the policy go by them.',
  healthPath: 'Path that live requests ask for on this host.',
  outside:
    '`resolve`: the names under `sites` are looked up from where Gatemedic runs, and it is said when they lead elsewhere; `request`: each is also requested once at that address.',
  directRequests: '`false`: no live requests at all; less can be confirmed then.',
  'act.user': 'Who logs in to act. Without `act` as a whole the host is read-only.',
  'act.identityFile': 'Its key; the same as for looking when not set.',
  'act.units': 'Whole names of the units that may be started and restarted.',
  'act.nginx':
    '`true`: nginx.service may be started, reloaded and restarted. An nginx under another unit must stand in `act.units` as well.',
} as const satisfies Record<HostKey, string>
