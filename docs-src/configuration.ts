import type { z } from 'zod'
import { slackAlertEntry } from '../src/alerts/slack-config.ts'
import { sourceSchema } from '../src/alerts/sources-config.ts'
import { environmentSchema } from '../src/config.ts'
import { fileSchema } from '../src/config-file.ts'
import { hostEntry } from '../src/host/inventory-schema.ts'
import { sweepEntry } from '../src/looks/sweeps/sweeps-config.ts'
import {
  environmentWords,
  fileWords,
  hostWords,
  slackAlertWords,
  sourceWords,
  sweepWords,
} from './configuration-words.ts'
import { code, generated, page, table } from './markdown.ts'
import { keyRows } from './schema-rows.ts'

/** docs/configuration.md: every key of the environment, gatemedic.yml and the inventory. */
export function configurationPage(): string {
  return page([
    generated('src/config.ts, src/config-file.ts and src/host/inventory-schema.ts'),
    '# Configuration',
    'A mistake is named with file, line and key when the program starts. In both files a key that is not known is one.',
    '## Environment',
    'Read by bot and worker. Set to nothing is the same as not set.',
    keys(environmentSchema, environmentWords),
    '## gatemedic.yml',
    'Bot and worker read the same file. An empty file is a whole configuration: anybody may diagnose, nobody may act.',
    keys(fileSchema, fileWords),
    'Keys of a source, `alerts.sources.<name>`:',
    keys(sourceSchema, sourceWords),
    'Keys of an entry of `alerts.slack`:',
    keys(slackAlertEntry, slackAlertWords),
    'Keys of an entry of `sweeps`:',
    keys(sweepEntry, sweepWords),
    '## Inventory',
    inventoryExample,
    'Keys of a host:',
    keys(hostEntry, hostWords),
    'What `ansible-inventory --list` prints is read as well: address, port, user, key file and groups. All its hosts are read-only, and jump hosts are not taken over.',
  ])
}

const inventoryExample = `\`\`\`yaml
hosts:
  web-1:
    address: 192.0.2.10
    user: medic
    identityFile: ~/.ssh/medic
    hostKey: "ssh-ed25519 AAAA..."      # ssh-keyscan -t ed25519 192.0.2.10, compared on the host
    sites: [shop.example.com]
    act:                                # leave it out and the host is read-only
      user: medic-act
      identityFile: ~/.ssh/medic-act
      units: [checkout-api.service]
      nginx: true
\`\`\``

function keys(schema: z.ZodType, words: Readonly<Record<string, string>>): string {
  return table(
    ['key', 'value', 'default', 'what it does'],
    keyRows(schema).map(({ key, type, preset }) => [code(key), type, preset, words[key] ?? '']),
  )
}
