/** `gep departure pack`: the term pack on the terminal, or as a JSON, XLSX or PDF file. */
import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { operator } from '@gep/access';
import { reportWorkbook, type ReportLanguage } from '@gep/accounting';
import { PackWriter, packPages, packTables } from '@gep/evaluation';
import { canonicalJson } from '@gep/kernel';
import { withDatabase } from '../machine/opened-database.service';
import { renderReport } from '../rendering/report/render-report';
import { withExamples } from '../terminal/arguments.command';
import { exitCodes } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { departureServices } from './departure-services.service';

const formats = ['json', 'xlsx', 'pdf'] as const;

interface PackOptions {
  readonly format?: (typeof formats)[number];
  readonly words?: ReportLanguage;
  readonly out?: string;
}

export function addPackCommand(departure: Command, open: () => Terminal): void {
  const pack = departure
    .command('pack <audit>')
    .description('the term pack; a draft until the report is sent · 任期资料；报告送达前为草稿')
    .addOption(new Option('--format <format>', 'form of the file · 文件格式').choices([...formats]))
    .addOption(
      new Option('--words <language>', 'language of the file · 文件的语言').choices(['zh', 'en', 'both']).default('zh'),
    )
    .option('--out <file>', 'file to write · 写入的文件')
    .action(async (id: string, { format, words = 'zh', out }: PackOptions, self: Command) => {
      if (format && format !== 'json' && !out)
        self.error('error: give --out <file> for a workbook or a PDF · 工作簿或 PDF 请用 --out 给出文件', {
          exitCode: exitCodes.usage,
        });
      const terminal = open();
      const made = await withDatabase(({ database }) => departureServices(database).reports.pack(operator, id));
      const tables = packTables(made);
      if (!out) return terminal.result(made, () => renderReport(tables, terminal.options.language));
      const files = {
        json: () => Promise.resolve(canonicalJson(made)),
        xlsx: () => Promise.resolve(reportWorkbook(tables, words)),
        pdf: async () => {
          const writer = new PackWriter();
          try {
            return await writer.pdf(packPages(tables, words));
          } finally {
            await writer.onModuleDestroy();
          }
        },
      };
      await writeFile(out, await files[format ?? 'json']());
      terminal.result({ file: out, reportDigest: made.reportDigest }, () => out);
    });
  withExamples(
    pack,
    'gep departure pack head-2023',
    'gep departure pack head-2023 --format pdf --out head-2023.pdf',
    'gep departure pack head-2023 --format xlsx --words both --out head-2023.xlsx',
  );
}
