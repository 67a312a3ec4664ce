import { type FormEvent, useRef, useState } from 'react'

type Values<K extends string> = Readonly<Record<K, string>>

/**
 * What a page before the door is filled with. `judge` says what is wrong with a field (null: nothing); it is asked when the form
 * is sent, and afterwards at every change, so that a fault goes as soon as it is mended.
 */
export function useGateForm<K extends string>(
  empty: Values<K>,
  judge: (field: K, value: string, values: Values<K>) => string | null,
) {
  const [values, setValues] = useState(empty)
  const [sent, setSent] = useState(false)
  const inputs = useRef(new Map<K, HTMLInputElement>())
  const set = (field: K, value: string) => setValues((now) => ({ ...now, [field]: value }))
  return {
    values,
    set,
    focus: (field: K) => inputs.current.get(field)?.focus(),
    /** Nothing is told of fields that come only now. */
    calm: () => setSent(false),
    /** What a field of the form is drawn with. */
    field: (name: K) => {
      const fault = sent ? judge(name, values[name], values) : null
      return {
        name,
        value: values[name],
        onChange: (event: { target: { value: string } }) => set(name, event.target.value),
        ref: (input: HTMLInputElement | null) => {
          if (input) inputs.current.set(name, input)
          else inputs.current.delete(name)
        },
        ...(fault ? { fault } : {}),
      }
    },
    /** Sends the form when the fields drawn have no fault; else the first that has one gets the focus. */
    send: (act: () => void) => (event: FormEvent) => {
      event.preventDefault()
      setSent(true)
      const wrong = [...inputs.current].find(([name]) => judge(name, values[name], values) !== null)
      if (wrong) wrong[1].focus()
      else act()
    },
  }
}
