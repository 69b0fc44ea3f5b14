import { byId, element } from './dom.js'

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
  const drawn = modal.fields.map(draw)
  byId('modal-fields').replaceChildren(...drawn.map(({ holder }) => holder))
  const submit = byId('modal-submit')
  submit.hidden = !modal.submit
  submit.textContent = modal.submit
  byId('modal-close').textContent = modal.close
  listening.abort()
  listening = new AbortController()
  const { signal } = listening
  const values = () => Object.fromEntries(drawn.map(({ field, value }) => [field.block, { [field.action]: value() }]))
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
  drawn[0]?.input.focus()
}

/** One field with its label; `value` is what Slack sends of it. */
function draw(field) {
  const id = `modal-${field.block}`
  const input = field.groups.length > 0 ? select(field, id) : text(field, id)
  const holder = element('div', { className: 'modal-field' }, [
    element('label', { text: field.label, attributes: { for: id } }),
    input,
    element('p', { className: 'modal-hint', text: field.hint }),
  ])
  const value = () =>
    field.groups.length > 0 ? chosen(input) : { type: 'plain_text_input', value: input.value || null }
  return { field, holder, input, value }
}

function text({ lines, longest }, id) {
  const input = element(lines ? 'textarea' : 'input', { attributes: { id, spellcheck: 'false' } })
  input.maxLength = longest
  if (lines) input.rows = 8
  return input
}

function select({ groups }, id) {
  const nothing = element('option', { text: '', attributes: { value: '' } })
  const drawn = groups.map(({ label, options }) =>
    element(
      'optgroup',
      { attributes: { label } },
      options.map((option) => element('option', { text: option.text, attributes: { value: option.value } })),
    ),
  )
  return element('select', { attributes: { id } }, [nothing, ...drawn])
}

function chosen(input) {
  const [option] = input.selectedOptions
  return {
    type: 'static_select',
    selected_option: option?.value
      ? { value: option.value, text: { type: 'plain_text', text: option.textContent } }
      : null,
  }
}
