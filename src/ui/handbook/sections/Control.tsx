import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { Pairs, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

/** Number, drafting, review, approval, distribution and changes of the edition. */
export function Control() {
  const t = useT()
  const text = useText()
  const { edition, row } = useBook()
  const { control } = edition
  return (
    <>
      <Pairs
        rows={[
          [t('documentNumber'), control.documentNumber],
          [t('changeNumber'), t('edition', { n: edition.number })],
          [t('changeDate'), row?.effectiveFrom ? t('effectiveFrom', { date: row.effectiveFrom }) : null],
          [t('drafted'), text(control.drafted)],
          [t('reviewed'), text(control.reviewed)],
          [t('approved'), text(control.approved)],
          [t('distribution'), text(control.distribution)],
        ]}
      />
      <Table
        label={t('changes')}
        rows={control.changes}
        keyOf={(one) => one.number}
        columns={[
          { id: 'number', label: t('changeNumber'), cell: (one) => one.number, width: 88 },
          { id: 'date', label: t('changeDate'), cell: (one) => one.date, width: 120 },
          { id: 'text', label: t('changeText'), cell: (one) => text(one.text) },
        ]}
      />
    </>
  )
}
