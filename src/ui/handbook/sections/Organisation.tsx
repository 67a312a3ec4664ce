import { levelName } from '../../../handbook/words/names.ts'
import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { Linked } from '../Linked.tsx'
import { Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

/** Seats by post and level, and the approved headcount. */
export function Headcount() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const { seats, headcount } = edition.organisation
  return (
    <>
      <p className="kb-read-say">{t('headcountTotal', { n: headcount })}</p>
      <Table
        label={t('count')}
        rows={seats}
        keyOf={(one) => `${one.post}.${one.level}`}
        columns={[
          { id: 'post', label: t('post'), cell: (one) => <Ref to={`post:${one.post}`} /> },
          { id: 'level', label: t('level'), cell: (one) => text(levelName(edition, one.level)) },
          {
            id: 'count',
            label: t('count'),
            end: true,
            cell: (one) => <span className="kb-num">{one.count}</span>,
          },
          {
            id: 'unit',
            label: '',
            cell: (one) => (
              <span className="kb-2">
                {[
                  one.perUnit ? t('perUnit', { n: one.perUnit }) : '',
                  one.inHeadcount ? t('inHeadcount') : t('outHeadcount'),
                  one.provisional ? t('provisional') : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}{' '}
                <SourceTag tag={one.tag} />
              </span>
            ),
          },
        ]}
      />
    </>
  )
}

/** The relations of a representative: with whom, what they may and may not. */
export function Relations() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  return (
    <Table
      label={t('relation')}
      rows={edition.organisation.relations}
      keyOf={(one) => one.id}
      columns={[
        {
          id: 'name',
          label: t('relation'),
          width: 128,
          cell: (one) => (
            <>
              <strong>{text(one.name)}</strong> <SourceTag tag={one.tag} />
            </>
          ),
        },
        { id: 'with', label: t('with'), cell: (one) => <Linked text={one.with} /> },
        { id: 'may', label: t('may'), cell: (one) => <Linked text={one.may} /> },
        { id: 'mayNot', label: t('mayNot'), cell: (one) => <Linked text={one.mayNot} /> },
      ]}
    />
  )
}
