"""message_server.py: answers searches, one for each connection; prints its port first."""

import selectors
import socket

from message import Message, create_message, json_decode, json_encode

request_search = {
    "morpheus": "Follow the white rabbit. \U0001f430",
    "ring": "In the caves beneath the Misty Mountains. \U0001f48d",
    "\U0001f436": "\U0001f43e Playing ball! \U0001f3d0",
}


def create_response(message):
    if message.jsonheader["content-type"] != "text/json":
        return create_message(b"First 10 bytes of request: " + message.content[:10],
                              "binary/custom-server-binary-type", "binary")
    request = json_decode(message.content, message.jsonheader["content-encoding"])
    action = request.get("action")
    if action == "search":
        query = request.get("value")
        answer = request_search.get(query) or f"No match for '{query}'."
    else:
        answer = f"Error: invalid action '{action}'."
    return create_message(json_encode({"result": answer}, "utf-8"), "text/json", "utf-8")


def main():
    selector = selectors.SelectSelector()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    listener.setblocking(False)
    print(listener.getsockname()[1], flush=True)
    selector.register(listener, selectors.EVENT_READ, data=None)
    while True:
        for key, mask in selector.select(timeout=None):
            if key.data is None:
                conn, addr = listener.accept()
                conn.setblocking(False)
                selector.register(conn, selectors.EVENT_READ, data=Message(selector, conn, addr))
                continue
            message = key.data
            try:
                if mask & selectors.EVENT_READ:
                    message.receive()
                    if message.process_received():
                        message.send_buffer = create_response(message)
                        message.set_events("w")
                if mask & selectors.EVENT_WRITE:
                    message.transmit()
                    if not message.send_buffer:
                        message.close()
            except (RuntimeError, ValueError, OSError):
                message.close()


main()
