import { z } from 'zod'
import { withSecrets } from './alerts/secrets.ts'
import type { AlertSource } from './alerts/source.ts'
import { ConfigError } from './config-error.ts'
import { type ConfigFile, loadConfigFile } from './config-file.ts'

export type Role = 'bot' | 'worker' | 'all'

export interface SlackConfig {
  readonly botToken: string
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number; readonly listenOn?: string }
  readonly apiUrl?: string
}

export interface AlertConfig {
  readonly port: number
  readonly listenOn: string
  readonly sources: readonly AlertSource[]
}

export interface Config {
  readonly role: Role
  readonly redisUrl: string
  readonly logLevel: string
  /** Answers GET /health when set. */
  readonly healthPort: number | null
  readonly file: ConfigFile
  /** Null for a worker: it holds no Slack token. */
  readonly slack: SlackConfig | null
  /** Null when the intake is off. */
  readonly alerts: AlertConfig | null
}

const port = z.coerce.number().int().min(1).max(65535)

/** Each variable with the words for when it is wrong; the values of secrets are never repeated. */
export const environmentSchema = z.object({
  ROLE: z.enum(['bot', 'worker', 'all'], 'must be bot, worker or all').default('all'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/[^\s]+$/, 'must be an address such as redis://127.0.0.1:6379')
    .default('redis://127.0.0.1:6379'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
  GATEMEDIC_CONFIG: z.string().default('gatemedic.yml'),
  GATEMEDIC_HEALTH_PORT: port.optional(),
  GATEMEDIC_ALERT_SECRET: z.string().min(32, 'must have at least 32 characters (openssl rand -hex 32)').optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must be the bot token, which begins with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must be the app-level token, which begins with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'must be the signing secret of the app').optional(),
  SLACK_HTTP_PORT: port.default(3000),
  SLACK_HTTP_LISTEN: z.string().optional(),
  SLACK_API_URL: z.url('must be an address').optional(),
})

type Environment = z.infer<typeof environmentSchema>

/** Variables that only the bot may hold. */
const slackSecrets = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const

/** Reads environment and gatemedic.yml. Throws ConfigError; an empty variable counts as not set. */
export async function loadConfig(variables: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const env = readEnvironment(variables)
  const file = await loadConfigFile(env.GATEMEDIC_CONFIG)
  return {
    role: env.ROLE,
    redisUrl: env.REDIS_URL,
    logLevel: env.LOG_LEVEL,
    healthPort: env.GATEMEDIC_HEALTH_PORT ?? null,
    file,
    slack: env.ROLE === 'worker' ? null : slackOf(env),
    alerts: env.ROLE === 'worker' ? null : await alertsOf(variables, file),
  }
}

function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const read = environmentSchema.safeParse(
    Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')),
  )
  if (!read.success) {
    const [issue] = read.error.issues
    throw new ConfigError(`environment: ${issue?.path.join('.')} ${issue?.message}`)
  }
  const held = slackSecrets.find((name) => read.data[name] !== undefined)
  if (read.data.ROLE === 'worker' && held) {
    throw new ConfigError(
      `environment: ${held} is set, but a worker must not hold Slack tokens: it has the SSH keys. Take it out of the worker's environment, or run both in one process with ROLE=all.`,
    )
  }
  return read.data
}

function slackOf(env: Environment): SlackConfig {
  const botToken = env.SLACK_BOT_TOKEN
  if (!botToken) throw missing('SLACK_BOT_TOKEN', 'the bot token of the Slack app (xoxb-...)')
  const common = { botToken, ...(env.SLACK_API_URL ? { apiUrl: env.SLACK_API_URL } : {}) }
  if (env.SLACK_APP_TOKEN) return { ...common, transport: { kind: 'socket', appToken: env.SLACK_APP_TOKEN } }
  if (!env.SLACK_SIGNING_SECRET) {
    throw missing('SLACK_APP_TOKEN', 'the app-level token (xapp-...) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP')
  }
  const listenOn = env.SLACK_HTTP_LISTEN ? { listenOn: env.SLACK_HTTP_LISTEN } : {}
  const transport = {
    kind: 'http',
    signingSecret: env.SLACK_SIGNING_SECRET,
    port: env.SLACK_HTTP_PORT,
    ...listenOn,
  } as const
  return { ...common, transport }
}

async function alertsOf(
  variables: Readonly<Record<string, string | undefined>>,
  { alerts }: ConfigFile,
): Promise<AlertConfig | null> {
  if (alerts?.port === undefined) return null
  return { port: alerts.port, listenOn: alerts.listenOn, sources: await withSecrets(alerts.sources, variables) }
}

function missing(name: string, what: string): ConfigError {
  return new ConfigError(`environment: ${name} is not set: ${what}`)
}
