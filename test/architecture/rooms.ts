/** One room of the house: a folder or file directly under src, commands, demo, lab or bench, and what it may import from others. */
export interface Room {
  /** Rooms, or single files of rooms ("jobs/request.ts"). */
  readonly may: readonly string[]
  /** Imports that carry types only and leave nothing at run time. */
  readonly types?: readonly string[]
  readonly because: string
}

const core = ['diagnosis', 'nginx']

/** Who may import whom. A row that grows is a decision: change it together with ARCHITECTURE.md. */
export const rooms: Readonly<Record<string, Room>> = {
  diagnosis: { may: [], because: 'the pure core: every other room speaks its words, it knows none of them' },
  redact: { may: [], types: ['diagnosis'], because: 'works on text alone, so that every border can use it' },
  nginx: { may: [], types: ['diagnosis'], because: 'what nginx says is true without hosts, probes or rules' },
  probes: { may: core, because: 'a probe is a question and a parser; the answer comes from host' },
  symptoms: { may: [...core, 'probes'], because: 'pure readings of facts: no clock, no I/O' },
  rules: { may: [...core, 'probes', 'symptoms'], because: 'pure judgement over facts: no clock, no I/O' },
  'second-factor': {
    may: ['config-error.ts'],
    types: ['redis.ts', 'log.ts'],
    because: 'codes of people; it knows neither Slack nor what they approve',
  },
  actions: {
    may: ['diagnosis'],
    types: ['probes', 'host'],
    because: 'what may be changed is constant text and pure checks',
  },
  signing: {
    may: ['config-error.ts'],
    because: 'what bot and worker tell each other is signed; it knows nothing of what it signs',
  },
  approval: {
    may: ['diagnosis', 'signing', 'commands/nearest.ts', 'config-error.ts', 'config-yaml.ts', 'slack-id.ts'],
    types: ['actions', 'redis.ts', 'log.ts'],
    because: 'a state machine and a policy file; only its stores talk to Redis',
  },
  audit: {
    may: ['diagnosis', 'signing'],
    types: ['actions', 'approval', 'redis.ts', 'log.ts'],
    because: 'the record outlives every other part',
  },
  history: {
    may: ['diagnosis', 'signing'],
    types: ['actions', 'audit', 'host/snapshot.ts', 'redis.ts'],
    because: 'remembers and compares what was seen, and knows nothing of how it was seen',
  },
  host: {
    may: ['probes', 'diagnosis', 'redact'],
    types: ['log.ts'],
    because: 'carries questions and answers without understanding them',
  },
  examine: {
    may: [...core, 'probes', 'rules', 'symptoms', 'host', 'redact', 'actions'],
    types: ['jobs', 'history', 'log.ts'],
    because:
      'joins collecting and judging, for worker and command line alike; actions are constant text and pure checks',
  },
  fleet: {
    may: ['diagnosis'],
    types: ['approval', 'history'],
    because: 'many hosts, one answer: pure grouping of diagnoses, and of what is remembered of each',
  },
  commands: {
    may: ['diagnosis', 'fleet', 'history', 'nginx', 'redact'],
    types: ['jobs/request.ts', 'host/inventory.ts'],
    because: 'what a person types or pastes: no Slack, SSH or queue inside, so that the command line can use it too',
  },
  alerts: {
    may: [
      'commands',
      'fleet',
      'history',
      'jobs/desk.ts',
      'jobs/reach.ts',
      'jobs/sweep.ts',
      'signing',
      'config-error.ts',
      'listen.ts',
      'slack-id.ts',
    ],
    types: ['approval', 'audit', 'diagnosis', 'jobs', 'log.ts', 'metrics.ts', 'redis.ts'],
    because:
      'an alert is a request with another carrier; its sources are read and checked where they are known, and what it begins is signed and swept as all work is',
  },
  looks: {
    may: [
      'commands',
      'diagnosis',
      'jobs/desk.ts',
      'jobs/queue-sweeps.ts',
      'jobs/reach.ts',
      'jobs/sweep.ts',
      'slack-id.ts',
    ],
    types: ['jobs', 'log.ts', 'redis.ts'],
    because:
      'looks that the clock asks for (watches, sweeps): requests like those of people, which the bot makes and signs',
  },
  slack: {
    may: ['commands', 'diagnosis', 'fleet', 'history/incident-record.ts', 'jobs/desk.ts', 'looks'],
    types: ['alerts', 'approval', 'actions', 'audit', 'history', 'jobs', 'log.ts'],
    because: 'talks to people; it knows the queues by their interfaces only, and neither hosts nor keys',
  },
  jobs: {
    may: [
      'diagnosis',
      'approval',
      'audit',
      'actions',
      'alerts',
      'examine',
      'fleet',
      'history',
      'host',
      'redact',
      'signing',
      'redis.ts',
      'log.ts',
    ],
    because: 'everything but slack: the worker holds no token, the bot no key',
  },
  cli: {
    may: [
      ...core,
      'probes',
      'rules',
      'symptoms',
      'actions',
      'examine',
      'host',
      'redact',
      'commands',
      'fleet',
      'audit',
      'history',
      'signing',
      'second-factor',
      'alerts',
      'approval',
      'config-error.ts',
      'config.ts',
      'config-file.ts',
      'log.ts',
      'redis.ts',
    ],
    types: ['jobs/post.ts'],
    because: 'the same engine without Slack; only what looks at the memory of a fleet asks Redis',
  },
  'log.ts': { may: [], because: 'used by all, uses none' },
  'redis.ts': { may: [], types: ['log.ts'], because: 'the only maker of Redis clients' },
  'config-error.ts': { may: [], because: 'one error class for every mistake in the configuration' },
  'slack-id.ts': { may: [], because: 'how ids of Slack look, wherever a person writes one' },
  'config-yaml.ts': { may: ['config-error.ts'], because: 'every complaint about a file names file, line and key' },
  'config-file.ts': {
    may: [
      'config-error.ts',
      'config-yaml.ts',
      'slack-id.ts',
      'alerts/sources-config.ts',
      'alerts/slack-config.ts',
      'looks/sweeps/sweeps-config.ts',
    ],
    because: 'reads one file once, at the border',
  },
  'config.ts': {
    may: ['config-error.ts', 'config-file.ts', 'alerts/secrets.ts'],
    types: ['alerts/source.ts'],
    because: 'reads the environment once, at the border',
  },
  'metrics.ts': { may: [], because: 'what is counted stands in one list' },
  'listen.ts': { may: [], because: 'says in one way that a port is taken' },
  'health-port.ts': {
    may: ['listen.ts'],
    types: ['metrics.ts', 'redis.ts'],
    because: 'tells whether Redis answers and what was counted, and nothing else',
  },
  'stop-in-order.ts': { may: [], types: ['log.ts'], because: 'knows only names and stops' },
  'run-bot.ts': {
    may: [
      'alerts',
      'approval',
      'audit',
      'commands/with-learned-sites.ts',
      'history',
      'jobs',
      'looks',
      'second-factor',
      'signing',
      'slack',
      'redis.ts',
    ],
    types: ['config.ts', 'host/inventory.ts', 'metrics.ts', 'stop-in-order.ts', 'log.ts'],
    because: 'holds the Slack tokens: no SSH, no key, no action',
  },
  'run-worker.ts': {
    may: ['actions', 'approval', 'audit', 'history', 'jobs', 'signing', 'redis.ts'],
    types: ['config.ts', 'host/inventory.ts', 'stop-in-order.ts', 'log.ts'],
    because: 'holds the SSH keys: nothing of Slack',
  },
}

/** Rooms without a row in the table: the composition root, and what stands outside of the product. */
export const openRooms: readonly string[] = ['main.ts', 'main', 'demo', 'lab', 'bench', 'test']

interface Client {
  readonly packages: RegExp
  readonly only: readonly string[]
  readonly because: string
}

/** Each client library is imported by one folder; beside it stand only tests, demo and lab. */
export const clients: readonly Client[] = [
  {
    packages: /^(node-ssh|ssh2)$/,
    only: ['src/host/', 'demo/hosts/', 'test/'],
    because: 'pinning and budgets of SSH live in one place',
  },
  {
    packages: /^otpauth$/,
    only: ['src/second-factor/', 'test/'],
    because: 'what is asked of a code stands in one place',
  },
  { packages: /^bullmq$/, only: ['src/jobs/', 'test/jobs/'], because: 'the queues can be exchanged' },
  { packages: /^ioredis$/, only: ['src/redis.ts', 'test/'], because: 'one place decides time-outs and retries' },
  {
    packages: /^@slack\//,
    only: ['src/slack/', 'demo/slack/', 'test/'],
    because: 'tokens and message formats stay in one room',
  },
  {
    packages: /^prom-client$/,
    only: ['src/metrics.ts', 'test/'],
    because: 'labels come from closed sets, decided once',
  },
  {
    packages: /^re2js$/,
    only: ['src/alerts/', 'test/'],
    because: 'patterns of the configuration are the only foreign ones',
  },
  { packages: /^pino$/, only: ['src/log.ts', 'test/'], because: 'redaction of logs is decided once' },
  {
    packages: /^commander$/,
    only: ['src/cli/', 'lab/', 'bench/'],
    because: 'only programs with a command line read one',
  },
  {
    packages: /^(react|react-dom|slack-blocks-to-jsx|ws)(\/|$)/,
    only: ['demo/', 'test/'],
    because: 'only the stand-in draws pages',
  },
]
