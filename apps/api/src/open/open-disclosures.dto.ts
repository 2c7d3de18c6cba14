/** What anybody may ask of published yearly disclosures. */
import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, IntegerField, TerritoryField, TextField } from '../request/field.decorator';

export class OpenYearPath {
  @TerritoryField({ description: '地域代码 · territory' })
  territory: string;

  @IntegerField({ description: '年份 · year', example: 2024, min: 1990, max: 2200 })
  year: number;
}

export class OpenEditionPath extends OpenYearPath {
  @IntegerField({ description: '版次，首次为 1 · edition, 1 for the first', example: 1, min: 1, max: 10_000 })
  edition: number;
}

export class OpenFigurePath extends OpenEditionPath {
  @TextField({
    description: '数据的固定名称 · stable name of the figure',
    example: 'account.cn-terrestrial.total',
    ...{ max: 200, pattern: /^[A-Za-z0-9._-]+$/ },
  })
  figure: string;
}

export class OpenFormatQuery {
  @ChoiceField({ description: '文件格式 · format of the file', of: ['json', 'csv'], optional: true })
  format?: 'json' | 'csv';
}

export class OpenPageQuery {
  @ChoiceField({ description: '页面语言 · language of the page', of: ['zh', 'en'], optional: true })
  lang?: 'zh' | 'en';
}

export class DisclosureKeyBody {
  @ApiProperty({ type: String, description: 'Ed25519 公钥（十六进制） · Ed25519 public key, hex' }) publicKey: string;
}
