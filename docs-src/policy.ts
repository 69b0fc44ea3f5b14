import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import {
  diagnoseSchema,
  freezeSchema,
  hostsSchema,
  muteSchema,
  peopleSchema,
  policySchema,
  reloadSchema,
  restartSchema,
  ruleSchema,
  startSchema,
  windowSchema,
} from '../src/approval/policy/policy-schema.ts'
import { code, generated, page, table } from './markdown.ts'
import {
  diagnoseWords,
  freezeWords,
  hostsWords,
  muteWords,
  peopleWords,
  policyWords,
  ruleWords,
  termsWords,
  windowWords,
} from './policy-words.ts'
import { type KeyRow, keyRows } from './schema-rows.ts'

/** docs/policy.md: every key of the policy file, and what is decided with it. */
export function policyPage(): string {
  const example = readFileSync(fileURLToPath(new URL('../deploy/policy.yml', import.meta.url)), 'utf8')
  return page([
    generated('src/approval/policy/policy-schema.ts and deploy/policy.yml'),
    '# Policy',
    introduction,
    '## Example',
    `\`\`\`yaml\n${example}\`\`\``,
    '## The file',
    keys(policySchema, policyWords),
    'A set of `people`:',
    keys(peopleSchema, peopleWords),
    '`diagnose`, when it is not `anyone`:',
    keys(diagnoseSchema, diagnoseWords),
    '`mute`, when it is not `members`:',
    keys(muteSchema, muteWords),
    '## A rule',
    keys(ruleSchema, ruleWords, (key) => !/^(?:start|reload|restart)\./.test(key)),
    '`hosts` of a rule or a freeze; every part that is given must fit:',
    keys(hostsSchema, hostsWords),
    '`start` (touches nothing that runs), `reload` (cuts no connection) and `restart` of a rule:',
    termsTable(),
    'A time in `windows`:',
    keys(windowSchema, windowWords),
    '## A freeze',
    keys(freezeSchema, freezeWords),
    freezing,
  ])
}

const introduction = `\`policy: policy.yml\` in gatemedic.yml, instead of \`approvers\`. Bot and worker read it each for itself: the bot decides at every press, and the worker once more with its
own copy before it acts. Nothing that the file does not allow is done: without a rule nobody may act, and a host that no rule fits gets the strictest of all of them.

Hosts, groups and labels must be spelled as in the inventory: what no host has is refused when the file is read, with the nearest spelling that one has. Only Slack knows user groups;
those that it does not know are logged when the bot starts.

\`gatemedic policy check\` says which rule is for which host, and \`gatemedic policy explain --user U --action A --host H\` what is asked for and why. After a change send SIGHUP to bot and worker
(\`docker compose kill -s HUP bot worker\`): a file that cannot be used is refused with a line in the log, and what held before goes on to hold. While the two have read files that say different things, the worker refuses what the bot approved. The inventory is read again as well. Who pressed before and lost his right meanwhile does not count.`

const freezing = `\`/nginx freeze [host, group:NAME or all] [for 2h] [reason]\` freezes for the moment: whoever may diagnose may do that, and only approvers of everything that is frozen may \`/nginx unfreeze\` it. Without
a time it lasts until it is lifted; a second freeze never shortens the first. \`/nginx freezes\` lists them. They are kept in Redis, signed by the bot, and asked at the offer, at each press and just before acting; when Redis
cannot be asked, everything counts as frozen. A start may still run. The bot that made one has it in its audit as well: a freeze that is gone from Redis without having been lifted still holds for that bot, which puts it back.`

function keys(
  schema: z.ZodType,
  words: Readonly<Record<string, string>>,
  which: (key: string) => boolean = () => true,
): string {
  return table(
    ['key', 'value', 'default', 'what it does'],
    keyRows(schema)
      .filter(({ key }) => which(key))
      .map(({ key, type, preset }) => [code(key), type, preset, words[key] ?? '']),
  )
}

function presetOf(rows: readonly KeyRow[] | undefined, key: string): string {
  return rows?.find((row) => row.key === key)?.preset ?? ''
}

/** The same keys three times, with defaults of their own. */
function termsTable(): string {
  const [start, reload, restart] = [startSchema, reloadSchema, restartSchema].map((schema) => keyRows(schema))
  return table(
    ['key', 'value', 'start', 'reload', 'restart', 'what it does'],
    (start ?? []).map(({ key, type, preset }) => [
      code(key),
      type,
      preset,
      presetOf(reload, key),
      presetOf(restart, key),
      new Map<string, string>(Object.entries(termsWords)).get(key) ?? '',
    ]),
  )
}
