import { byId } from './dom.js'

let shown = ''
let listening = new AbortController()

/** Draws the window that Slack has open for this person; `act.submit` gets the values, `act.close` nothing. */
export function showModal(modal, act) {
  const dialog = byId('modal')
  if (!modal) {
    shown = ''
    if (dialog.open) dialog.close()
    return
  }
  if (modal.id === shown && dialog.open) return
  shown = modal.id
  byId('modal-title').textContent = modal.title
  // Made by the page's server from escaped text.
  byId('modal-blocks').innerHTML = modal.html
  const { field } = modal
  byId('modal-field').hidden = !field
  const input = byId('modal-input')
  input.value = ''
  if (field) {
    byId('modal-label').textContent = field.label
    byId('modal-hint').textContent = field.hint
    input.maxLength = field.longest
  }
  const submit = byId('modal-submit')
  submit.hidden = !modal.submit
  submit.textContent = modal.submit
  byId('modal-close').textContent = modal.close
  listening.abort()
  listening = new AbortController()
  const { signal } = listening
  const values = () => (field ? { [field.block]: { [field.action]: { value: input.value } } } : {})
  submit.addEventListener('click', () => act.submit(values()), { signal })
  byId('modal-close').addEventListener('click', () => act.close(), { signal })
  // Escape closes it in Slack too, by its own answer.
  dialog.addEventListener(
    'cancel',
    (event) => {
      event.preventDefault()
      act.close()
    },
    { signal },
  )
  if (!dialog.open) dialog.showModal()
  if (field) input.focus()
}
