import { Command, Option } from 'commander'
import { nearest } from '../../commands/nearest.ts'
import { explainPolicy, peopleWords, personsWords, ruleWords } from '../approval/policy/explain-policy.ts'
import type { PolicyHost } from '../approval/policy/policy.ts'
import { fits, ruleFor } from '../approval/policy/rule-for.ts'
import { type ActionId, actionIds } from '../diagnosis/action-id.ts'
import { UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'
import { inventoryOption } from './options.ts'
import { type PolicyFiles, readPolicyFiles } from './policy-files.ts'

interface ExplainOptions extends PolicyFiles {
  readonly user: string
  readonly action: ActionId
  readonly host: string
  readonly requester?: string
  readonly groups?: string
  readonly at?: string
}

export function policyCommand(): Command {
  const policy = new Command('policy')
    .description('what the policy file says, without Slack and without Redis')
    .addHelpText(
      'after',
      `
Examples:
  gatemedic policy check
  gatemedic policy explain --user U0123ABCD --groups S0123ABCD --action restart-unit --host web-1 --requester U0123ABCD`,
    )
  withFiles(
    policy
      .command('check')
      .description('hold the policy file against the inventory, and say which rule is for which host'),
  ).action(check)
  withFiles(
    policy
      .command('explain')
      .description('what is asked for before an action, by which rule, and whether this press would do'),
  )
    .requiredOption('--user <id>', 'Slack id of who presses')
    .addOption(new Option('--action <action>', 'what would run').choices(actionIds).makeOptionMandatory())
    .requiredOption('--host <name>', 'where, by its name in the inventory')
    .option('--requester <id>', 'who asked for the diagnosis; nobody: an alert did')
    .option('--groups <ids>', 'user groups in which the user is, with commas: Slack is not asked')
    .option('--at <time>', 'when, such as 2026-12-24T18:00:00+01:00; now when it is not said')
    .action(explain)
  return policy
}

function withFiles(command: Command): Command {
  return command
    .addOption(
      new Option('--config <file>', 'names policy and inventory').env('GATEMEDIC_CONFIG').default('gatemedic.yml'),
    )
    .option('--policy <file>', 'another policy file than that of the configuration')
    .addOption(inventoryOption())
}

async function check(options: PolicyFiles): Promise<void> {
  const { policy, hosts } = await readPolicyFiles(options)
  print(
    `${policy.source} can be used: ${count(policy.rules.length, 'rule')}, ${count(policy.freezes.length, 'freeze')}, ${count(hosts.length, 'host')}`,
  )
  const held = hosts.map((host) => ({ host, rule: ruleFor(policy, host) }))
  for (const rule of policy.rules) {
    const own = held.filter((each) => each.rule?.rules[0] === rule && !each.rule.unmatched)
    const shadowed = own.length === 0 && hosts.some((host) => fits(rule.hosts, host))
    const whose = shadowed ? 'no host: rules before it fit them' : names(own.map(({ host }) => host))
    print(`${ruleWords(rule, policy)}: ${whose}`)
    print(`  approvers: ${peopleWords(rule.approvers)}`)
    for (const risk of ['start', 'reload', 'restart'] as const) print(`  ${risk}: ${personsWords(rule.terms[risk])}`)
  }
  const left = held.filter(({ rule }) => rule === null || rule.unmatched).map(({ host }) => host)
  if (left.length > 0)
    print(
      `no rule: ${names(left)}; ${policy.rules.length === 0 ? 'nobody may act' : 'the strictest of all rules holds there'}`,
    )
}

async function explain(options: ExplainOptions): Promise<void> {
  const { policy, hosts } = await readPolicyFiles(options)
  const host = hosts.find(({ name }) => name === options.host)
  if (!host) {
    const [near] = nearest(
      options.host,
      hosts.map(({ name }) => name),
      1,
    )
    throw new UsageError(
      `the inventory has no host ${inertLine(options.host)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    )
  }
  const at = options.at === undefined ? new Date() : new Date(options.at)
  if (Number.isNaN(at.getTime())) throw new UsageError('--at is a time such as 2026-12-24T18:00:00+01:00')
  const groups = (options.groups ?? '').split(',').filter((group) => group !== '')
  const { user, action, requester = null } = options
  const explained = await explainPolicy(policy, { user, groups, host, action, requester, at })
  print(explained.verdict)
  for (const [name, text] of explained.lines) print(`  ${name.padEnd(14)} ${text}`)
}

function names(hosts: readonly PolicyHost[]): string {
  const shown = hosts.slice(0, 10).map(({ name }) => name)
  return shown.length === 0
    ? 'no host'
    : [...shown, ...(hosts.length > 10 ? [`${hosts.length - 10} more`] : [])].join(', ')
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

function print(text: string): void {
  // Two blanks in front are ours; everything else on the line is made harmless.
  const indent = text.startsWith('  ') ? '  ' : ''
  process.stdout.write(`${indent}${inertLine(text)}\n`)
}
