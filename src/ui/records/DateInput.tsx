import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface Props {
  readonly value?: string | null
  readonly onChange?: (day: string | null) => void
  readonly id?: string
  readonly label: string
  readonly autoFocus?: boolean
  /** The first day that may be taken, as 2026-11-26. */
  readonly min?: string
}

/** A day as 2026-11-26, in the program's language whatever that of the browser; typed or picked. */
export function DateInput({ value, onChange, id, label, autoFocus = false, min }: Props) {
  return (
    <DatePicker
      {...(id ? { id } : {})}
      aria-label={label}
      placeholder={label}
      autoFocus={autoFocus}
      {...(min ? { minDate: dayjs(min) } : {})}
      value={value ? dayjs(value) : null}
      format={['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD', 'YYYY-M-D', 'YYYY/M/D']}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      style={{ width: '100%', minWidth: 132 }}
    />
  )
}
