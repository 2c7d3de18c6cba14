/** The task that threads of term packs do: the PDF of a pack, the same bytes for the same pages. */
import path from 'node:path';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces';
import type { PageDescription } from './pack-pages';

const fonts = path.join(path.dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts');
pdfmake.setFonts({
  NotoSansHans: {
    normal: path.join(fonts, 'NotoSansHans-Regular.otf'),
    bold: path.join(fonts, 'NotoSansHans-Bold.otf'),
  },
});
// Nothing is fetched, and no file is read but the fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => file.startsWith(fonts));

export async function handle({ title, subtitle, footer, parts }: PageDescription): Promise<Uint8Array> {
  const document = {
    ...{ pageSize: 'A4', pageOrientation: 'landscape', pageMargins: [28, 30, 28, 34] },
    // The moment of drawing would make every file another one.
    info: { title, creator: 'Two Mountains', producer: 'Two Mountains', creationDate: new Date(0) },
    defaultStyle: { font: 'NotoSansHans', fontSize: 6.5 },
    styles: {
      title: { fontSize: 14, bold: true },
      subtitle: { fontSize: 8, margin: [0, 2, 0, 10] },
      heading: { fontSize: 9, bold: true },
      note: { fontSize: 6, margin: [0, 2, 0, 0], color: '#444444' },
    },
    content: [{ text: title, style: 'title' }, { text: subtitle, style: 'subtitle' }, ...parts],
    footer: (page: number, pages: number) => ({
      columns: [
        { text: footer, fontSize: 5.5, color: '#666666' },
        { text: `${page} / ${pages}`, alignment: 'right', fontSize: 6.5 },
      ],
      margin: [28, 8, 28, 0],
    }),
  } as unknown as TDocumentDefinitions;
  return pdfmake.createPdf(document).getBuffer();
}
