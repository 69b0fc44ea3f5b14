import { actions } from '../src/actions/index.ts'
import type { Action } from '../src/actions/action.ts'
import { code, generated, page, table } from './markdown.ts'

/** docs/actions.md: the closed list of what may be changed, shown for a unit of the demo. */
export function actionsPage(): string {
  return page([
    generated('src/actions'),
    '# Actions',
    `Everything that Gatemedic can change on a host; what is not here cannot be done. Each needs a rule that names it as the cure, \`act\` in the inventory of the host, and the press of an approver. It runs once, as one script that compares the state of the host with that of the diagnosis right before it acts.`,
    ...actions.map(section),
  ])
}

function section(action: Action): string {
  const unit = action.guards === 'nginx' ? 'nginx.service' : 'checkout-api.service'
  return [
    `## ${action.id}\n`,
    table(
      ['', `for ${code(unit)}`],
      [
        ['button', action.title(unit)],
        ['runs', code(action.argv(unit).join(' '))],
        ['effect and risk', action.effect(unit)],
        ['only when', action.precondition(unit)],
        ['helped when', action.verification(unit)],
        ['otherwise', action.otherwise(unit)],
        ['guarded by', guards[action.guards]],
        ['allowed by', action.guards === 'nginx' ? code('act.nginx: true') : code(`act.units: [${unit}]`)],
      ],
    ),
  ].join('\n')
}

const guards: Readonly<Record<Action['guards'], string>> = {
  unit: "the unit's invocation, state and number of restarts",
  nginx: "nginx's master process and the hash of its configuration",
}
