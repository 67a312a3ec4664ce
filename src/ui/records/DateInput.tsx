import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface Props {
  readonly value?: string | null
  readonly onChange?: (day: string | null) => void
  readonly id?: string
  readonly label: string
  readonly autoFocus?: boolean
}

/** A day as 2026-11-26, in the program's language whatever that of the browser; typed or picked. */
export function DateInput({ value, onChange, id, label, autoFocus = false }: Props) {
  return (
    <DatePicker
      {...(id ? { id } : {})}
      aria-label={label}
      placeholder={label}
      autoFocus={autoFocus}
      value={value ? dayjs(value) : null}
      format={['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD', 'YYYY-M-D', 'YYYY/M/D']}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      style={{ width: '100%', minWidth: 132 }}
    />
  )
}
