export const HELP = `Makes a sample shop: rendered goods, street photos with exact truth, and shoppers who click.

Usage: sample-data --out DIR [flags]

  --out DIR            where to write; an empty folder, or one that does not exist yet
  --products 60        products, 1 to 1000000
  --seed 1             the same seed gives the same bytes, 0 to 2147483647
  --size 800           side of the catalogue pictures in px, 64 to 2048; small ones are fast
  --views 3            catalogue pictures a product, 1 to 15
  --street 2           street photos a product, 0 to 50
  --threads n          threads that draw, 1 to 64; when left out one a core, at most 8
  --shoppers n         simulated people who search and click, 0 to 1000000 (0: none);
                       as many as products when left out, but not more than 2000
  --wrong-clicks 0.2   share of their clicks that mean nothing, 0 to 0.8
  --days 28            days that they shop for, 1 to 365
  --preview            also contact sheets in DIR/preview
  --remake             replace a finished sample in DIR that was made with other flags
  --help               this text

Writes catalog.csv, variants.csv, images/; queries.csv and train.csv (street photos, split by
family), truth.jsonl (every box in them); events.csv and impressions.csv (what a shop logs), shopper-truth.jsonl and
shopper-tastes.jsonl (why it happened); sample.json. Progress goes to stderr; at the end one line of JSON to stdout:
{"products","pictures","street","searches","events","seconds"}. Exit 0 done, 1 disk or other error, 2 wrong usage,
130 interrupted: the same command again makes the sample anew.

Examples:
  npx sample-data --products 500 --seed 1 --out shop --preview
  npx sample-data --products 10000 --size 224 --views 1 --street 0 --shoppers 0 --out load
  npx likeness import shop --csv shop/catalog.csv --images shop/images
  npx likeness evaluate shop --queries shop/queries.csv --images shop/images
`;
