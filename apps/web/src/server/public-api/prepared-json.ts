/** An answer that its route has made into JSON already, while it waited for something else. */
export class PreparedJson {
  readonly text: string;

  constructor(value: unknown) {
    this.text = JSON.stringify(value);
  }
}
