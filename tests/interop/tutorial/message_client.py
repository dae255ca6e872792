"""message_client.py HOST PORT search VALUE | binary TEXT: prints what the server answers."""

import selectors
import socket
import sys

from message import Message, create_message, json_decode, json_encode


def create_request(action, value):
    if action == "search":
        return create_message(json_encode({"action": action, "value": value}, "utf-8"),
                              "text/json", "utf-8")
    return create_message(value.encode(), "binary/custom-client-binary-type", "binary")


def print_response(message):
    kind = message.jsonheader["content-type"]
    if kind == "text/json":
        answer = json_decode(message.content, message.jsonheader["content-encoding"])
        print(f"result: {answer['result']}")
    else:
        print(f"{kind}: {message.content!r}")


def main():
    host, port, action, value = sys.argv[1:]
    selector = selectors.SelectSelector()
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    sock.connect_ex((host, int(port)))
    message = Message(selector, sock, (host, int(port)))
    message.send_buffer = create_request(action, value)
    selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, data=message)
    while selector.get_map():
        for key, mask in selector.select(timeout=1):
            message = key.data
            if mask & selectors.EVENT_WRITE:
                message.transmit()
                if not message.send_buffer:
                    message.set_events("r")
            if mask & selectors.EVENT_READ:
                message.receive()
                if message.process_received():
                    print_response(message)
                    message.close()
    selector.close()


main()
