import { useLocation, useParams } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { ListTree } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { elementOf, refOf } from '../../handbook/words/element.ts'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Panes } from '../components/Panes.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useText } from '../i18n/texts.ts'
import { useWidth } from '../theme/media.ts'
import { Article } from './Article.tsx'
import { Belongs } from './Belongs.tsx'
import { belongsTo, hasBelongings } from './belongs.ts'
import { type Book, BookProvider, hrefOf, useBook, useContent } from './context.ts'
import { EditionPick } from './EditionPick.tsx'
import { useHandbookTabs } from './editions/tabs.ts'
import { anchorId } from './marks.tsx'
import { bringUp, OnThisPage, OnThisPageMenu, usePlaces } from './OnThisPage.tsx'
import { Outline } from './Outline.tsx'
import { PrintMenu } from './PrintMenu.tsx'
import { useT } from './texts.ts'

/** The reader: contents left, the open element in the middle, what belongs to it right. */
export function ReaderPage() {
  const t = useT()
  const { ref, part } = useParams({ strict: false }) as { ref?: string; part?: string }
  const { searchStr } = useLocation()
  const asked = Number(new URLSearchParams(searchStr).get('edition'))
  const chosen = Number.isInteger(asked) && asked > 0 ? asked : null
  const { content, row, rows } = useContent(chosen)
  const book = useMemo<Book | null>(
    () => (content.data ? { ...content.data, chosen, row, rows } : null),
    [content.data, chosen, row, rows],
  )
  if (content.error)
    return (
      <div className="kb-page">
        <PageHead title={t('title')} />
        <div className="kb-pad">
          <ErrorBox error={content.error} onAgain={() => void content.refetch()} />
          {chosen === null ? null : <Go href="/handbook">{t('toEffective')}</Go>}
        </div>
      </div>
    )
  if (!book)
    return (
      <div className="kb-page">
        <PageHead title={t('title')} />
        <Waiting rows={10} />
      </div>
    )
  return (
    <BookProvider value={book}>
      <Reader asked={ref === undefined ? null : part === undefined ? ref : `${ref}/${part}`} />
    </BookProvider>
  )
}

function Reader({ asked }: { asked: string | null }) {
  const t = useT()
  const { edition, chosen } = useBook()
  const tabs = useHandbookTabs('read')
  const width = useWidth()
  const [contents, setContents] = useState(false)
  const element = useMemo(() => (asked === null ? null : elementOf(edition, asked)), [edition, asked])
  const ref = element ? refOf(element) : null
  const belongs = useMemo(() => (element ? belongsTo(edition, element) : null), [edition, element])
  const beside =
    element && belongs && hasBelongings(belongs) ? <Belongs element={element} belongs={belongs} /> : null
  const page = usePlaces(ref ?? '')
  const walk = page.places.length > 2
  const here = hrefOf(asked, null)
  const roomy = width === 'wide' || width === 'middle'
  const outline = (
    <>
      <EditionPick here={here} />
      <Outline current={outlined(ref)} onGo={() => setContents(false)} />
    </>
  )
  return (
    <div className="kb-page">
      <PageHead title={t('title')} tabs={tabs} action={<PrintMenu element={element} />} />
      {chosen !== null ? <OtherEdition here={here} /> : null}
      <Panes
        list={roomy ? outline : undefined}
        listWidth={252}
        rightWidth={268}
        rightTitle={t('belongs')}
        right={
          width === 'wide' && (beside || walk) ? (
            <>
              {walk ? <OnThisPage {...page} /> : null}
              {beside}
            </>
          ) : undefined
        }
        detail={
          <div className="kb-read">
            {roomy && (width === 'wide' || !walk) ? null : (
              <div className="kb-read-bar">
                {roomy ? null : (
                  <Button
                    icon={<ListTree size={16} strokeWidth={1.6} aria-hidden />}
                    aria-label={t('openContents')}
                    onClick={() => setContents(true)}
                  >
                    {t('contents')}
                  </Button>
                )}
                {walk ? <OnThisPageMenu {...page} /> : null}
              </div>
            )}
            {asked !== null && !element ? (
              <Unknown asked={asked} />
            ) : (
              <Landing at={ref}>
                <Article element={element} />
                {beside && width !== 'wide' ? <div className="kb-read-below">{beside}</div> : null}
              </Landing>
            )}
          </div>
        }
      />
      <Drawer
        open={contents && !roomy}
        onClose={() => setContents(false)}
        placement="left"
        title={t('contents')}
        size={340}
        styles={{ body: { padding: 0 } }}
      >
        {outline}
      </Drawer>
    </div>
  )
}

/** The line of the contents that stands for a reference: parts of a policy, a post sheet or a norm stand under the whole. */
const outlined = (ref: string | null): string | null =>
  ref === null
    ? null
    : /^(policy|post):/.test(ref)
      ? ref.replace(/\/\w+$/, '')
      : ref.replace(/^(norm:norm\.[^.]+)\..*$/, '$1')

/** Brings the named place into view and gives it the focus, so that reading goes on from there. */
function Landing({ at, children }: { at: string | null; children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const pane = box.current?.closest('.kb-pane')
    const place = at === null ? null : document.getElementById(anchorId(at))
    pane?.scrollTo({ top: 0 })
    if (!pane || !place) return
    // What already stands in the upper half is left there, with the title above it.
    const depth = place.getBoundingClientRect().top - pane.getBoundingClientRect().top
    if (depth > pane.clientHeight / 2) bringUp(place)
    place.focus({ preventScroll: true })
  }, [at])
  return <div ref={box}>{children}</div>
}

function OtherEdition({ here }: { here: string }) {
  const t = useT()
  const { edition, row } = useBook()
  if (!row || row.status === 'effective') return null
  return (
    <p className="kb-warn kb-row kb-read-other">
      {t('otherEdition', { n: edition.number })}
      <Go href={here}>{t('toEffective')}</Go>
    </p>
  )
}

function Unknown({ asked }: { asked: string }) {
  const t = useT()
  const text = useText()
  const { edition, chosen } = useBook()
  const [shown = asked] = asked.split(':').slice(-1)
  return (
    <Empty
      title={t('unknown', { ref: shown })}
      hint={t('unknownHint')}
      action={
        <Go
          href={chosen === null ? '/handbook' : `/handbook?edition=${chosen}`}
        >{`${t('toStart')} · ${text(edition.title)}`}</Go>
      }
    />
  )
}
