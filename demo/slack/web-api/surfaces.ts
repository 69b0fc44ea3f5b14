import { checkModal } from '../check-view.ts'
import { textAt } from '../json.ts'
import { SlackError } from '../slack-error.ts'
import { objectArgument } from './method.ts'
import type { Method } from './method.ts'

const openView: Method = (args, { triggers, views }) => {
  const view = objectArgument(args, 'view')
  if (!view) throw new SlackError('invalid_arguments')
  checkModal(view)
  const user = triggers.spend(textAt(args, 'trigger_id'))
  return { view: views.open(user, view) }
}

const updateView: Method = (args, { views }) => {
  const view = objectArgument(args, 'view')
  const changed = view ? views.update(textAt(args, 'view_id'), view) : undefined
  if (!changed) throw new SlackError('not_found')
  return { view: changed }
}

const publishView: Method = (args, { workspace, views }) => {
  const view = objectArgument(args, 'view')
  const user = textAt(args, 'user_id')
  if (!view) throw new SlackError('invalid_arguments')
  if (!workspace.user(user)) throw new SlackError('user_not_found')
  return { view: views.publish(user, view) }
}

const openConnection: Method = (_args, { newSocketUrl }) => ({ url: newSocketUrl() })

export const surfaceMethods: Readonly<Record<string, Method>> = {
  'views.open': openView,
  'views.update': updateView,
  'views.publish': publishView,
  'apps.connections.open': openConnection,
}
