import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { type SourceEntry, sourcesSchema } from './alerts/sources-config.ts'
import { slackAlertsSchema } from './alerts/slack-config.ts'
import { ConfigError } from './config-error.ts'
import { readYaml } from './config-yaml.ts'
import { sweepsSchema } from './looks/sweeps/sweeps-config.ts'
import { channelId, userId } from './slack-id.ts'

const port = z.int().min(1).max(65535)
const text = z.string().min(1)

export const fileSchema = z.strictObject({
  inventory: text.default('hosts.yml'),
  approvers: z.array(userId).readonly().default([]),
  policy: text.optional(),
  allowedChannels: z.array(channelId).readonly().optional(),
  sharedChannels: z.enum(['summary', 'whole']).default('summary'),
  channels: z
    .strictObject({
      default: channelId.optional(),
      hosts: z.record(z.string(), channelId).default({}),
      groups: z.record(z.string(), channelId).default({}),
    })
    .default({ hosts: {}, groups: {} }),
  budgetSeconds: z.number().min(5).max(120).default(20),
  proposalMinutes: z.number().min(1).max(60).default(10),
  answerHours: z.number().min(1).max(720).default(24),
  wrongAnswerDays: z.number().min(1).max(365).default(90),
  answerMegabytes: z.number().min(1).max(10_000).default(64),
  historyDays: z.int().min(1).max(3650).default(90),
  maskClients: z.boolean().default(false),
  diagnosesAtOnce: z.int().min(1).max(50).default(8),
  actionsAtOnce: z.int().min(1).max(4).default(2),
  fleetHosts: z.int().min(2).max(1000).default(200),
  lookEverySeconds: z.int().min(30).max(3600).default(120),
  sweeps: sweepsSchema.default([]),
  auditDir: text.default('audit'),
  keysDir: text.default('keys'),
  secondFactorFile: text.default('second-factors.json'),
  alerts: z
    .strictObject({
      port: port.optional(),
      listenOn: text.default('127.0.0.1'),
      sources: sourcesSchema.default({}),
      slack: slackAlertsSchema.default([]),
      slackWaitSeconds: z.number().min(0).max(60).default(5),
      windowMinutes: z.number().min(1).max(240).default(10),
      digestAbove: z.int().min(1).max(1000).default(5),
    })
    .optional(),
})

/** gatemedic.yml with its defaults; paths are absolute (a relative one is meant from the file's own folder). */
export type ConfigFile = Readonly<z.infer<typeof fileSchema>>

export async function loadConfigFile(path: string): Promise<ConfigFile> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : 'cannot be read'
    throw new ConfigError(`${path} ${why}: make it, or name another file in GATEMEDIC_CONFIG`, { cause: error })
  })
  return parseConfigFile(content, path)
}

/** Throws ConfigError with `file:line: key what is wrong`. An empty file is a whole configuration: read-only, nobody may approve. */
export function parseConfigFile(content: string, path: string): ConfigFile {
  const { data, has, error } = readYaml(content, path, fileSchema)
  if (data.policy !== undefined && has(['approvers']))
    throw error(['approvers'], 'and policy exclude each other: name the approvers in the policy file')
  if (data.alerts && data.alerts.port === undefined && has(['alerts', 'sources']))
    throw error(['alerts', 'sources'], 'need a port to be sent to: set alerts.port')
  const folder = dirname(resolve(path))
  const { inventory, auditDir, keysDir, policy, secondFactorFile } = data
  return {
    ...data,
    inventory: resolve(folder, inventory),
    auditDir: resolve(folder, auditDir),
    keysDir: resolve(folder, keysDir),
    secondFactorFile: resolve(folder, secondFactorFile),
    ...(policy === undefined ? {} : { policy: resolve(folder, policy) }),
    ...(data.alerts ? { alerts: { ...data.alerts, sources: fromFolder(data.alerts.sources, folder) } } : {}),
  }
}

function fromFolder(
  sources: Readonly<Record<string, SourceEntry>>,
  folder: string,
): Readonly<Record<string, SourceEntry>> {
  return Object.fromEntries(
    Object.entries(sources).map(([name, { secretFile, ...entry }]) => [
      name,
      { ...entry, ...(secretFile === undefined ? {} : { secretFile: resolve(folder, secretFile) }) },
    ]),
  )
}
