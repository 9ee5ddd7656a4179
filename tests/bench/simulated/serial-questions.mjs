// Asks a balance on a serial port: node serial-questions.mjs DEVICE COMMAND... prints each answer. A process of its own, because serialport's
// native part does not run in a worker thread, and tests do.
import { SerialPort } from "serialport";

const [path, ...commands] = process.argv.slice(2);
const port = new SerialPort({ path, baudRate: 9600 });
let heard = "";
port.on("data", (bytes) => {
  heard += bytes.toString("latin1");
  if (!heard.endsWith("\r\n")) return;
  process.stdout.write(heard);
  heard = "";
  next();
});
port.on("open", next);

function next() {
  const command = commands.shift();
  if (command === undefined) port.close();
  else port.write(`${command}\r\n`);
}
