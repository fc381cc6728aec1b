// A Go application which shares the cluster: does what it is told, a JSON command a line, and answers a JSON line.
// client gomemcache SERVERS-AS-JSON OPTIONS-AS-JSON
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/bradfitz/gomemcache/memcache"
)

type command struct {
	Op   string
	Kind string
	Keys []string
}

func made(kind string, i int) []byte {
	switch kind {
	case "text":
		text := fmt.Sprintf("text %d é 漢 😀", i)
		if i%5 == 4 {
			text += "\r\nand a line"
		}
		return []byte(text)
	case "long":
		return []byte(strings.Repeat(fmt.Sprintf("a long text %d ", i), 3000))
	case "bytes":
		return []byte{byte(i), byte(i >> 8), 0, 13, 10, 255}
	case "number":
		number := int64(i - 1000)
		if i%4 == 3 {
			number *= 1000000007
		}
		return strconv.AppendInt(nil, number, 10)
	case "float":
		return strconv.AppendFloat(nil, float64(i-1000)/3, 'g', -1, 64)
	case "counter":
		return []byte("10")
	}
	panic(kind)
}

// What a program makes of the bytes that the client gives.
func shown(kind string, value []byte) [2]string {
	switch kind {
	case "text", "long":
		return [2]string{"string", base64.StdEncoding.EncodeToString(value)}
	case "number":
		number, err := strconv.ParseInt(string(value), 10, 64)
		if err == nil {
			return [2]string{"integer", strconv.FormatInt(number, 10)}
		}
	case "float":
		number, err := strconv.ParseFloat(string(value), 64)
		if err == nil {
			return [2]string{"double", fmt.Sprintf("%016x", math.Float64bits(number))}
		}
	}
	return [2]string{"bytes", base64.StdEncoding.EncodeToString(value)}
}

func answer(cache *memcache.Client, servers *memcache.ServerList, command command, i int, key string) interface{} {
	switch command.Op {
	case "set":
		return cache.Set(&memcache.Item{Key: key, Value: made(command.Kind, i)}) == nil
	case "get":
		item, err := cache.Get(key)
		if err != nil {
			return [2]string{"error", err.Error()}
		}
		return shown(command.Kind, item.Value)
	case "delete":
		return cache.Delete(key) == nil
	case "increment":
		return counted(cache.Increment(key, 7))
	case "decrement":
		return counted(cache.Decrement(key, 3))
	case "locate":
		server, err := servers.PickServer(key)
		check(err)
		return server.String()
	}
	panic(command.Op)
}

func counted(value uint64, err error) interface{} {
	if err != nil {
		return nil
	}
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	var list [][3]interface{}
	check(json.Unmarshal([]byte(os.Args[2]), &list))
	var addresses []string
	for _, server := range list {
		for weight := server[2].(float64); weight > 0; weight-- {
			addresses = append(addresses, fmt.Sprintf("%v:%v", server[0], server[1]))
		}
	}
	servers := new(memcache.ServerList)
	check(servers.SetServers(addresses...))
	cache := memcache.NewFromSelector(servers)
	cache.Timeout = 20 * time.Second
	output := json.NewEncoder(os.Stdout)
	check(output.Encode(map[string]bool{"ready": true}))
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 16<<20)
	for input.Scan() {
		var command command
		check(json.Unmarshal(input.Bytes(), &command))
		answers := make([]interface{}, len(command.Keys))
		for i, encoded := range command.Keys {
			key, err := base64.StdEncoding.DecodeString(encoded)
			check(err)
			answers[i] = answer(cache, servers, command, i, string(key))
		}
		check(output.Encode(answers))
	}
}
